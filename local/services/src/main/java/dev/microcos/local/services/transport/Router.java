package dev.microcos.local.services.transport;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands a request to the service that it was signed for, counting it and letting faults in. */
public final class Router {

  private final Map<String, AwsService> services = new HashMap<>();
  private final Counts counts;
  private final FaultHook faults;

  /** A router to these services; of two with the same signing name it refuses the second. */
  public Router(Collection<? extends AwsService> services, Counts counts, FaultHook faults) {
    for (AwsService service : services) {
      if (this.services.put(service.signingName(), service) != null) {
        throw new IllegalArgumentException("two services are called " + service.signingName());
      }
    }
    this.counts = counts;
    this.faults = faults;
  }

  /** A router that counts for itself and never fails on purpose. */
  public static Router to(AwsService... services) {
    return new Router(List.of(services), new Counts(), FaultHook.NONE);
  }

  /** The answer of the service, or 404 with a message that names a service that is not here. */
  public AwsResponse handle(AwsRequest request) {
    String name = Addressing.service(request);
    AwsService service = services.get(name);
    if (service == null) {
      return unknown(name);
    }
    String operation = Addressing.operation(request);
    counts.add(name, operation);
    Optional<AwsResponse> fault = faults.before(name, operation);
    return fault.isPresent() ? fault.get() : service.handle(request);
  }

  private AwsResponse unknown(String name) {
    String shown = name.replaceAll("[^A-Za-z0-9-]", "");
    String message =
        "{\"__type\":\"UnknownServiceException\",\"message\":\"The local cloud has no service '"
            + shown
            + "'; it has "
            + services.keySet().stream().sorted().toList()
            + ".\"}";
    return AwsResponse.json(404, message.getBytes(StandardCharsets.UTF_8));
  }
}
