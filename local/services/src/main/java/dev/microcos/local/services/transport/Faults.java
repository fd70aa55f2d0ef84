package dev.microcos.local.services.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The switches that make the local cloud fail as AWS does: a service that throttles a share of its
 * calls, a store that is away for a while, and an operation that a policy does not allow. A caller
 * should retry the first two.
 */
public final class Faults implements FaultHook {

  private static final Set<String> STORED = Set.of("dynamodb", "sqs");

  private final Map<String, Double> throttled = new ConcurrentHashMap<>();
  private volatile Draw draw = Draw.random();
  private volatile String denied = "";
  private volatile long storeDownUntilNanos = System.nanoTime();

  /** Throttles the given share, 0 to 1, of all calls to a service; 0 ends it. */
  public void throttle(String service, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("a rate is between 0 and 1, not " + rate);
    }
    throttled.put(service, rate);
  }

  /** Decides from now on by these draws which calls are throttled. */
  public void by(Draw draws) {
    draw = draws;
  }

  /** Refuses every call of an operation, as where a permission is missing. */
  public void deny(String service, String operation) {
    denied = service + ' ' + operation;
  }

  /** Lets DynamoDB and SQS answer 500 from now on for so long (real time). */
  public void storeDown(Duration howLong) {
    storeDownUntilNanos = System.nanoTime() + howLong.toNanos();
  }

  /** Ends every fault. */
  public void clear() {
    throttled.clear();
    draw = Draw.random();
    denied = "";
    storeDownUntilNanos = System.nanoTime();
  }

  @Override
  public Optional<AwsResponse> before(String service, String operation) {
    if (STORED.contains(service) && System.nanoTime() - storeDownUntilNanos < 0) {
      return Optional.of(fault(500, "InternalServerError", "The store is down."));
    }
    if (denied.equals(service + ' ' + operation)) {
      return Optional.of(fault(400, "AccessDeniedException", "No policy allows this."));
    }
    double rate = throttled.getOrDefault(service, 0.0);
    if (rate > 0 && draw.next(service + ' ' + operation) < rate) {
      return Optional.of(fault(429, "ThrottlingException", "Rate exceeded"));
    }
    return Optional.empty();
  }

  private static AwsResponse fault(int status, String type, String message) {
    String body = "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}";
    return new AwsResponse(
        status,
        Map.of("content-type", "application/x-amz-json-1.0", "x-amzn-errortype", type),
        new AwsResponse.Body.Bytes(body.getBytes(StandardCharsets.UTF_8)));
  }
}
