package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;

/**
 * An answer to be written by the model.
 *
 * @param effectId the effect that asks for it
 * @param hops how many times the system has answered itself since the request
 */
public record AssistantJob(
    Person person, OperationId operation, RequestId request, int hops, String effectId)
    implements Call {

  @Override
  public String kind() {
    return "narrate";
  }
}
