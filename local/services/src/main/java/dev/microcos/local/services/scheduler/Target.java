package dev.microcos.local.services.scheduler;

import com.fasterxml.jackson.databind.JsonNode;

/** Calls the functions of schedules. */
@FunctionalInterface
public interface Target {

  /** Calls a function and returns when it is done; what it throws has it called again. */
  void invoke(String functionArn, JsonNode input);
}
