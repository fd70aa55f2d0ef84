package dev.microcos.core.application.port;

/** Work for the assistant. */
public interface AssistantJobs {

  /** Hands a job over; it may be delivered more than once. */
  void submit(AssistantJob job);
}
