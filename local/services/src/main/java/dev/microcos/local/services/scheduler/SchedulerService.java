package dev.microcos.local.services.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.AwsService;
import dev.microcos.local.services.transport.JsonApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Schedules that call functions when they are due. */
public final class SchedulerService implements AwsService, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SchedulerService.class.getName());
  private static final String PATH = "/schedules/";
  private static final String DUE = "Due";
  private static final long LOOK_MILLIS = 250;
  private static final int MOST_AT_A_LOOK = 1000;

  private final Path file;
  private final InstantSource clock;
  private final Times times;
  private final Target target;
  private final Map<String, ObjectNode> schedules = new TreeMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("scheduler").factory());

  /** A scheduler whose schedules are kept in {@code file}; it fires once it is started. */
  public SchedulerService(Path file, InstantSource clock, Times times, Target target) {
    this.file = file;
    this.clock = clock;
    this.times = times;
    this.target = target;
    try {
      if (Files.exists(file)) {
        JsonApi.MAPPER
            .readTree(Files.readAllBytes(file))
            .properties()
            .forEach(each -> schedules.put(each.getKey(), (ObjectNode) each.getValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins to fire, with what has come due while nobody looked. */
  public void start() {
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Looks at the clock at once: somebody has moved it. */
  public void clockMoved() {
    timer.execute(this::look);
  }

  @Override
  public String signingName() {
    return "scheduler";
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    if (!request.path().startsWith(PATH)) {
      return refused(
          400, "ValidationException", "Scheduler here has schedules only: " + request.path());
    }
    String name =
        URLDecoder.decode(request.path().substring(PATH.length()), StandardCharsets.UTF_8);
    try {
      return switch (request.method()) {
        case "POST" -> put(name, JsonApi.MAPPER.readTree(request.body()), true);
        case "PUT" -> put(name, JsonApi.MAPPER.readTree(request.body()), false);
        case "DELETE" -> delete(group(request.query()) + "/" + name);
        case "GET" -> get(group(request.query()) + "/" + name);
        default -> refused(400, "ValidationException", "no such operation");
      };
    } catch (IllegalArgumentException e) {
      return refused(400, "ValidationException", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return refused(400, "ValidationException", "the request is not JSON");
    }
  }

  private synchronized AwsResponse put(String name, JsonNode body, boolean create) {
    String key = body.path("GroupName").asText("default") + "/" + name;
    ObjectNode before = schedules.get(key);
    if (create && before != null) {
      return refused(409, "ConflictException", "Schedule " + name + " already exists.");
    }
    if (!create && before == null) {
      return missing(name);
    }
    ObjectNode schedule = body.deepCopy();
    Instant now = clock.instant();
    schedule.put("Name", name);
    schedule.put("CreationDate", now.truncatedTo(ChronoUnit.MINUTES).toEpochMilli());
    due(schedule, now);
    schedules.put(key, schedule);
    keep();
    return answered(arn(key));
  }

  private synchronized AwsResponse delete(String key) {
    if (schedules.remove(key) == null) {
      return missing(key);
    }
    keep();
    return answered(JsonApi.MAPPER.createObjectNode());
  }

  private synchronized AwsResponse get(String key) {
    ObjectNode schedule = schedules.get(key);
    if (schedule == null) {
      return missing(key);
    }
    ObjectNode shown = schedule.deepCopy().setAll(arn(key));
    shown.remove(List.of(DUE, "CreationDate"));
    return answered(shown);
  }

  private static ObjectNode arn(String key) {
    return JsonApi.MAPPER
        .createObjectNode()
        .put("ScheduleArn", "arn:aws:scheduler:us-east-1:000000000000:schedule/" + key);
  }

  /** Writes down when the schedule is due next, or that it never is. */
  private void due(ObjectNode schedule, Instant after) {
    Optional<Instant> next =
        times.after(
            schedule.path("ScheduleExpression").asText(),
            schedule.path("ScheduleExpressionTimezone").asText("UTC"),
            Instant.ofEpochMilli(schedule.path("CreationDate").asLong()),
            after);
    next.ifPresentOrElse(
        time -> schedule.put(DUE, time.toEpochMilli()), () -> schedule.remove(DUE));
  }

  private void look() {
    try {
      for (int fired = 0; fired < MOST_AT_A_LOOK; fired++) {
        Map.Entry<String, ObjectNode> first = firstDue();
        if (first == null) {
          return;
        }
        fire(first.getKey(), first.getValue());
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a schedule could not be carried out; it is tried again", e);
    }
  }

  private synchronized Map.@Nullable Entry<String, ObjectNode> firstDue() {
    long now = clock.millis();
    return schedules.entrySet().stream()
        .filter(each -> !each.getValue().path("State").asText().equals("DISABLED"))
        .filter(each -> each.getValue().has(DUE) && each.getValue().path(DUE).asLong() <= now)
        .min(
            Map.Entry.comparingByValue(
                (one, other) -> Long.compare(one.path(DUE).asLong(), other.path(DUE).asLong())))
        .map(each -> Map.entry(each.getKey(), each.getValue().deepCopy()))
        .orElse(null);
  }

  /** Only what was called for is written down as done: whoever dies between calls again. */
  private void fire(String key, ObjectNode schedule) {
    Instant due = Instant.ofEpochMilli(schedule.path(DUE).asLong());
    String input =
        schedule
            .at("/Target/Input")
            .asText("{}")
            .replace(
                "<aws.scheduler.scheduled-time>", due.truncatedTo(ChronoUnit.SECONDS).toString());
    try {
      target.invoke(schedule.at("/Target/Arn").asText(), JsonApi.MAPPER.readTree(input));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    synchronized (this) {
      ObjectNode present = schedules.get(key);
      if (present != null && present.path(DUE).equals(schedule.path(DUE))) {
        due(present, due);
        keep();
      }
    }
  }

  private void keep() {
    ObjectNode all = JsonApi.MAPPER.createObjectNode();
    schedules.forEach(all::set);
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(next, all.toString());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String group(String query) {
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith("groupName=")) {
        return URLDecoder.decode(
            parameter.substring("groupName=".length()), StandardCharsets.UTF_8);
      }
    }
    return "default";
  }

  private static AwsResponse missing(String name) {
    return refused(404, "ResourceNotFoundException", "Schedule " + name + " does not exist.");
  }

  private static AwsResponse answered(ObjectNode body) {
    return new AwsResponse(
        200,
        Map.of("content-type", "application/json"),
        new AwsResponse.Body.Bytes(body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static AwsResponse refused(int status, String type, String message) {
    ObjectNode body = JsonApi.MAPPER.createObjectNode().put("Message", message);
    return new AwsResponse(
        status,
        Map.of("content-type", "application/json", "x-amzn-errortype", type),
        new AwsResponse.Body.Bytes(body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    timer.close();
  }
}
