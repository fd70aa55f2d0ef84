package dev.microcos.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.stepfunctions.api.Answer;
import dev.microcos.local.stepfunctions.definition.InvalidDefinitionException;
import dev.microcos.local.stepfunctions.history.MemoryJournal;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.task.AwsCalls;
import dev.microcos.local.stepfunctions.task.AwsIntegrations;
import dev.microcos.local.stepfunctions.task.Functions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The lines of the README. */
class EmbeddingTest {

  private static final String DEFINITION =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Say", "States": {"Say": {"Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {"FunctionName": "hello", "Payload": "{% $states.input %}"},
        "Output": "{% $states.result.Payload %}", "End": true}}}
      """;

  @Test
  void a_few_lines_embed_the_engine() throws InvalidDefinitionException {
    Functions functions = (name, payload) -> Json.object().put(name, payload.path("who").asText());
    AwsCalls services = (service, operation, request) -> new AwsCalls.AwsAnswer(200, Json.object());
    try (Engine engine =
        Engine.open(new MemoryJournal(), EngineOptions.of(new AwsIntegrations(functions, services)))
            .start()) {
      assertThat(
              engine
                  .machines()
                  .create(
                      "hello", DEFINITION, "arn:aws:iam::000000000000:role/any", false, Map.of()))
          .isPresent();
      Answer answer =
          engine
              .api()
              .handle(
                  "StartExecution",
                  Json.object()
                      .put("stateMachineArn", engine.machines().arn("hello"))
                      .put("name", "first")
                      .put("input", "{\"who\": \"world\"}"));
      JsonNode execution = Json.object().set("executionArn", answer.body().path("executionArn"));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              engine
                  .api()
                  .handle("DescribeExecution", execution)
                  .body()
                  .path("output")
                  .asText()
                  .equals("{\"hello\":\"world\"}"));
    }
  }
}
