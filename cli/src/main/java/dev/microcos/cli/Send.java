package dev.microcos.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says one thing and prints the answer as it streams. */
@Command(
    name = "send",
    description = "say something to the chief of staff; prints the answer as it comes")
final class Send implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "TEXT", arity = "1..*", description = "what to say")
  private List<String> words = List.of();

  @Override
  public Integer call() {
    Client client = common.client();
    try (Frames frames = client.frames(0)) {
      StringBuilder last = new StringBuilder("\n");
      Turn turn =
          Turn.say(
              client,
              frames,
              String.join(" ", words),
              piece -> {
                if (!common.json()) {
                  Out.piece(piece);
                }
                last.append(piece);
              });
      try {
        String text = turn.follow();
        if (common.json()) {
          Out.line(Json.line(result(turn).put("status", "complete").put("text", text)));
        }
        return 0;
      } catch (Failure failure) {
        if (common.json()) {
          Out.line(Json.line(result(turn).put("status", "failed").put("reason", failure.what())));
        }
        throw failure;
      } finally {
        if (!common.json() && last.charAt(last.length() - 1) != '\n') {
          Out.line("");
        }
      }
    }
  }

  private static ObjectNode result(Turn turn) {
    return Json.object().put("event_id", turn.eventId()).put("operation_id", turn.operationId());
  }
}
