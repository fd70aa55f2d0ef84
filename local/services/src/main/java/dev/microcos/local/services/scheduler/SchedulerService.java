package dev.microcos.local.services.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Schedules that call functions when they are due. */
public final class SchedulerService implements AwsService, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SchedulerService.class.getName());
  private static final String PATH = "/schedules";
  private static final String DEFAULT_GROUP = "default";
  private static final int MOST_IN_A_PAGE = 100;
  private static final long LOOK_MILLIS = 250;
  private static final int MOST_AT_A_LOOK = 1000;

  private final Path file;
  private final InstantSource clock;
  private final Dues dues;
  private final Target target;
  private final NavigableMap<String, ObjectNode> schedules = new TreeMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("scheduler").factory());

  /** A scheduler whose schedules are kept in {@code file}; it fires once it is started. */
  public SchedulerService(Path file, InstantSource clock, Times times, Target target) {
    this.file = file;
    this.clock = clock;
    this.dues = new Dues(times);
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
    if (!request.path().equals(PATH) && !request.path().startsWith(PATH + "/")) {
      return refused(
          400, "ValidationException", "Scheduler here has schedules only: " + request.path());
    }
    Map<String, String> query = query(request.query());
    String name = decoded(request.path().substring(PATH.length()).replaceFirst("^/", ""));
    String key = Shown.key(query.getOrDefault("groupName", DEFAULT_GROUP), name);
    try {
      return switch (request.method()) {
        case "GET" -> name.isEmpty() ? list(query) : get(key);
        case "POST" -> put(name, JsonApi.MAPPER.readTree(request.body()), true);
        case "PUT" -> put(name, JsonApi.MAPPER.readTree(request.body()), false);
        case "DELETE" -> delete(key);
        default -> refused(400, "ValidationException", "no such operation");
      };
    } catch (IllegalArgumentException e) {
      return refused(400, "ValidationException", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return refused(400, "ValidationException", "the request is not JSON");
    }
  }

  /**
   * Makes a schedule, or changes it; one that is just like this goes on as it was.
   *
   * @param properties as CreateSchedule and CloudFormation have them, with its name
   * @throws IllegalArgumentException saying what is wrong with them
   */
  public synchronized void make(JsonNode properties) {
    String name = properties.path("Name").asText();
    ObjectNode before = schedules.get(key(name, properties));
    if (before == null || !Shown.said(before).equals(properties)) {
      AwsResponse _ = put(name, properties, before == null);
    }
  }

  /** Removes those schedules of a group whose names begin so, except these. */
  public synchronized void retain(String group, String prefix, Set<String> names) {
    Set<String> keys =
        names.stream().map(name -> Shown.key(group, name)).collect(Collectors.toSet());
    String begins = Shown.key(group, prefix);
    if (schedules.keySet().removeIf(key -> key.startsWith(begins) && !keys.contains(key))) {
      keep();
    }
  }

  private static String key(String name, JsonNode properties) {
    return Shown.key(properties.path("GroupName").asText(DEFAULT_GROUP), name);
  }

  private synchronized AwsResponse put(String name, JsonNode body, boolean create) {
    String key = key(name, body);
    ObjectNode before = schedules.get(key);
    if (create && before != null) {
      return refused(409, "ConflictException", "Schedule " + name + " already exists.");
    }
    if (!create && before == null) {
      return missing(name);
    }
    ObjectNode schedule = Shown.said(body.deepCopy()).put("Name", name);
    Instant now = clock.instant();
    Instant since = before == null || Shown.isRetimed(schedule, before) ? now : Shown.since(before);
    schedule.put(
        Shown.CREATED, before == null ? now.toEpochMilli() : before.path(Shown.CREATED).asLong());
    schedule.put(Shown.MODIFIED, now.toEpochMilli()).put(Shown.SINCE, since.toEpochMilli());
    due(schedule, dues.first(schedule, now));
    schedules.put(key, schedule);
    keep();
    return answered(JsonApi.MAPPER.createObjectNode().put("ScheduleArn", Shown.arn(key)));
  }

  private synchronized AwsResponse delete(String key) {
    if (schedules.remove(key) == null) {
      return missing(key.substring(key.indexOf('/') + 1));
    }
    keep();
    return answered(JsonApi.MAPPER.createObjectNode());
  }

  private synchronized AwsResponse get(String key) {
    ObjectNode schedule = schedules.get(key);
    return schedule == null
        ? missing(key.substring(key.indexOf('/') + 1))
        : answered(Shown.whole(key, schedule));
  }

  private synchronized AwsResponse list(Map<String, String> query) {
    int most = Integer.parseInt(query.getOrDefault("MaxResults", "" + MOST_IN_A_PAGE));
    if (most < 1 || most > MOST_IN_A_PAGE) {
      throw new IllegalArgumentException("MaxResults is from 1 to " + MOST_IN_A_PAGE);
    }
    List<Map.Entry<String, ObjectNode>> found =
        schedules.tailMap(query.getOrDefault("NextToken", ""), false).entrySet().stream()
            .filter(each -> fits(Shown.summary(each.getKey(), each.getValue()), query))
            .limit(most + 1L)
            .toList();
    ObjectNode page = JsonApi.MAPPER.createObjectNode();
    ArrayNode shown = page.putArray("Schedules");
    found.stream()
        .limit(most)
        .forEach(each -> shown.add(Shown.summary(each.getKey(), each.getValue())));
    if (found.size() > most) {
      page.put("NextToken", found.get(most - 1).getKey());
    }
    return answered(page);
  }

  private static boolean fits(ObjectNode schedule, Map<String, String> query) {
    String group = schedule.path("GroupName").asText();
    String state = schedule.path("State").asText();
    return query.getOrDefault("ScheduleGroup", group).equals(group)
        && query.getOrDefault("State", state).equals(state)
        && schedule.path("Name").asText().startsWith(query.getOrDefault("NamePrefix", ""));
  }

  /** Writes down when the schedule is due next, or that it never is. */
  private static void due(ObjectNode schedule, Optional<Instant> next) {
    next.ifPresentOrElse(
        time -> schedule.put(Shown.DUE, time.toEpochMilli()), () -> schedule.remove(Shown.DUE));
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
        .filter(each ->
            each.getValue().has(Shown.DUE) && each.getValue().path(Shown.DUE).asLong() <= now)
        .min(
            Map.Entry.comparingByValue((one, other) ->
                Long.compare(one.path(Shown.DUE).asLong(), other.path(Shown.DUE).asLong())))
        .map(each -> Map.entry(each.getKey(), each.getValue().deepCopy()))
        .orElse(null);
  }

  /** Only what was called for is written down as done: whoever dies between calls again. */
  private void fire(String key, ObjectNode schedule) {
    Instant due = Instant.ofEpochMilli(schedule.path(Shown.DUE).asLong());
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
      if (present != null && present.path(Shown.DUE).equals(schedule.path(Shown.DUE))) {
        due(present, dues.after(present, due));
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

  private static Map<String, String> query(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        parameters.put(
            decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
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
