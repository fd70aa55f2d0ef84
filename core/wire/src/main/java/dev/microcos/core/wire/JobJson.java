package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.UserId;

/** The assistant's jobs as they lie in their queue: ids only, nothing personal. */
public final class JobJson {

  private JobJson() {}

  /** A job as text. */
  public static String write(AssistantJob job) {
    return Json.text(
        Json.object()
            .put("user_id", job.person().user().value())
            .put("generation", job.person().generation())
            .put("operation_id", job.operation().value())
            .put("request_id", job.request().value())
            .put("hops", job.hops())
            .put("effect_id", job.effectId()));
  }

  /**
   * The job that a text stands for.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static AssistantJob read(String text) {
    JsonNode json = Json.tree(text);
    return new AssistantJob(
        new Person(new UserId(Json.text(json, "user_id")), (int) Json.number(json, "generation")),
        new OperationId(Json.text(json, "operation_id")),
        new RequestId(Json.text(json, "request_id")),
        (int) Json.number(json, "hops"),
        Json.text(json, "effect_id"));
  }
}
