package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Answers what a run asks. */
@Command(name = "answer", description = "answer what a run asks; the first answer counts")
final class Answer implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(index = "0", paramLabel = "RUN", description = "its id, or the beginning of it")
  private String run = "";

  @Parameters(
      index = "1",
      paramLabel = "INPUT",
      description = "the question: its id, the beginning of it, or the name of its step")
  private String input = "";

  @Parameters(index = "2", paramLabel = "VALUE", description = "the answer, as JSON or text")
  private String value = "";

  @Override
  public Integer call() {
    Client client = common.client();
    String id = RunIds.find(client, run);
    JsonNode asking = RunIds.get(client, id);
    String question = RunIds.question(asking, input);
    JsonNode schema = asking.path("questions").path(question).path("schema");
    ObjectNode body = Json.object().put("client_action_id", Ids.actionId());
    body.set("value", Arguments.value(value, schema));
    JsonNode reply = send(client, id, question, body, schema);
    Out.line(common.json() ? Json.line(reply) : "answered; ./microcos watch " + id);
    return 0;
  }

  private static JsonNode send(
      Client client, String id, String question, ObjectNode body, JsonNode schema) {
    try {
      return client.post("/v1/runs/" + id + "/inputs/" + question, body);
    } catch (Failure failure) {
      JsonNode problem = failure.problem();
      if (failure.status() == 409 && problem.has("answered_by")) {
        throw Failure.failed(
            "already answered by "
                + Json.text(problem, "answered_by")
                + " at "
                + Json.text(problem, "answered_at"),
            "see ./microcos show " + id);
      }
      throw failure.status() == 400
          ? failure.withNext("the question is still open; its schema is " + Json.line(schema))
          : failure;
    }
  }
}
