package dev.microcos.local.services.transport;

/** One operation of a service that speaks an AWS JSON protocol. */
@FunctionalInterface
public interface JsonOperation {
  /**
   * Carries it out.
   *
   * @throws Refusal if AWS would answer with an error
   */
  JsonReply call(JsonRequest request);
}
