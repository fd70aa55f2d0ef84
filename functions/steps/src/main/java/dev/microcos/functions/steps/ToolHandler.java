package dev.microcos.functions.steps;

import dev.microcos.core.wire.tool.ToolFailure;
import dev.microcos.core.wire.tool.Tools;
import java.time.InstantSource;

/** {@code tool}: calls a tool by name. */
final class ToolHandler implements Handler {
  private final Tools tools;
  private final InstantSource clock;

  ToolHandler(Tools tools, InstantSource clock) {
    this.tools = tools;
    this.clock = clock;
  }

  @Override
  public Done handle(Step step) {
    try {
      return Done.With.result(
          tools.call(
              step.with().path("tool").asText(),
              Templates.emptyIfMissing(step.with().path("arguments")),
              clock.instant()));
    } catch (ToolFailure e) {
      throw e.isPassing()
          ? new Retryable(e.code(), e.detail())
          : new Permanent(e.code(), e.detail());
    }
  }
}
