package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.bedrock.model.FaultSwitch;
import dev.microcos.local.services.bedrock.model.ModelFaults;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.Draw;
import dev.microcos.local.services.transport.FaultHook;
import dev.microcos.local.services.transport.Faults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is made to go wrong, for tests and for people who want to see it survive. */
public final class Switches implements FaultHook {
  private static final Set<String> KNOWN =
      Set.of(
          "deliver_twice",
          "crash_at",
          "deny",
          "gone",
          "throttle",
          "model",
          "store_down_ms",
          "seed");
  private static final double MOST_MILLIS = 3_600_000;

  /** What a seed alone lets go wrong. */
  private static final List<String> STORES = List.of("dynamodb", "kms", "sqs");

  private static final double SEEDED_RATE = 0.05;

  /** The share of messages that come twice where a seed says which. */
  private static final double SEEDED_TWICE = 0.5;

  private final Faults faults = new Faults();
  private final FaultSwitch model;
  private final Crashes crashes;
  private volatile double twice;
  private volatile Draw draw = Draw.random();
  private volatile boolean gone;
  private volatile ObjectNode current = JsonNodeFactory.instance.objectNode();

  Switches(FaultSwitch model, Crashes crashes) {
    this.model = model;
    this.crashes = crashes;
  }

  @Override
  public Optional<AwsResponse> before(String service, String operation) {
    if (gone && operation.equals("PostToConnection")) {
      byte[] body = "{\"message\":\"Gone\"}".getBytes(StandardCharsets.UTF_8);
      return Optional.of(
          new AwsResponse(
              410,
              Map.of("content-type", "application/json", "x-amzn-errortype", "GoneException"),
              new AwsResponse.Body.Bytes(body)));
    }
    return faults.before(service, operation);
  }

  /** Whether the next message is delivered twice. */
  boolean deliversTwice() {
    return twice > 0 && draw.next("delivery") < twice;
  }

  /** What is switched on, as it was given; a crash only until it has happened. */
  public JsonNode current() {
    ObjectNode present = current.deepCopy();
    if (crashes.armed().isEmpty()) {
      present.remove("crash_at");
    }
    return present;
  }

  /**
   * Lets exactly these things go wrong from now on.
   *
   * @throws IllegalArgumentException naming the field that cannot be read, nothing being changed
   */
  public synchronized void set(ObjectNode wanted) {
    wanted.fieldNames().forEachRemaining(Switches::requireKnown);
    boolean wantedTwice = bool(wanted, "deliver_twice");
    boolean allGone = bool(wanted, "gone");
    double downMillis = number(wanted.path("store_down_ms"), "store_down_ms", MOST_MILLIS);
    ModelFaults modelFaults = modelFaults(wanted.path("model"));
    Optional<Crashes.Point> crash = crash(wanted.path("crash_at"));
    JsonNode throttle = wanted.path("throttle");
    double rate = number(throttle.path("rate"), "throttle.rate", 1);
    JsonNode deny = wanted.path("deny");
    require(throttle, "throttle", "service");
    require(deny, "deny", "service");
    require(deny, "deny", "operation");
    Optional<Draw> seeded = seeded(wanted.path("seed"));
    clear();
    draw = seeded.orElseGet(Draw::random);
    faults.by(draw);
    twice = !wantedTwice ? 0 : seeded.isPresent() ? SEEDED_TWICE : 1;
    if (seeded.isPresent() && !wanted.has("throttle") && !wanted.has("deliver_twice")) {
      twice = SEEDED_TWICE;
      STORES.forEach(store -> faults.throttle(store, SEEDED_RATE));
    }
    if (!deny.isMissingNode()) {
      faults.deny(deny.path("service").asText(), deny.path("operation").asText());
    }
    gone = allGone;
    crashes.arm(crash);
    model.set(modelFaults);
    if (!throttle.isMissingNode()) {
      faults.throttle(throttle.path("service").asText(), rate);
    }
    if (downMillis > 0) {
      faults.storeDown(Duration.ofMillis((long) downMillis));
    }
    current = wanted.deepCopy();
  }

  /** Ends all that goes wrong. */
  public synchronized void clear() {
    twice = 0;
    gone = false;
    faults.clear();
    crashes.arm(Optional.empty());
    model.set(ModelFaults.NONE);
    current = JsonNodeFactory.instance.objectNode();
  }

  private static void requireKnown(String field) {
    if (!KNOWN.contains(field)) {
      throw new IllegalArgumentException(
          field + " is no fault; there are " + KNOWN.stream().sorted().toList());
    }
  }

  private static boolean bool(JsonNode from, String field) {
    JsonNode value = from.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new IllegalArgumentException(field + " is true or false");
    }
    return value.asBoolean();
  }

  private static double number(JsonNode value, String field, double most) {
    if (value.isMissingNode()) {
      return 0;
    }
    if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > most) {
      throw new IllegalArgumentException(field + " is a number from 0 to " + most);
    }
    return value.doubleValue();
  }

  private static void require(JsonNode from, String name, String field) {
    if (!from.isMissingNode() && from.path(field).asText().isBlank()) {
      throw new IllegalArgumentException(name + "." + field + " is missing");
    }
  }

  private static Optional<Draw> seeded(JsonNode value) {
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("seed is a whole number");
    }
    return Optional.of(Draw.seeded(value.longValue()));
  }

  private static Optional<Crashes.Point> crash(JsonNode value) {
    return value.isMissingNode()
        ? Optional.empty()
        : Optional.of(Crashes.Point.named(value.asText()));
  }

  private static ModelFaults modelFaults(JsonNode value) {
    if (value.isMissingNode()) {
      return ModelFaults.NONE;
    }
    if (!value.isObject()) {
      throw new IllegalArgumentException("model is an object");
    }
    return ModelFaults.parse(value);
  }
}
