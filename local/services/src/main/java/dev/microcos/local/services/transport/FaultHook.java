package dev.microcos.local.services.transport;

import java.util.Optional;

/** Asked before each call; what it gives is answered in place of the service. */
@FunctionalInterface
public interface FaultHook {

  /** The hook that never interferes. */
  FaultHook NONE = (service, operation) -> Optional.empty();

  /** The fault that this call gets, or empty to let it through. */
  Optional<AwsResponse> before(String service, String operation);
}
