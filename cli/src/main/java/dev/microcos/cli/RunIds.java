package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Finds runs and their questions by the beginning of an id. */
final class RunIds {
  private static final String WHOLE = "run_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final int PAGE = 100;

  private RunIds() {}

  /** The whole id of the run that a beginning means, with or without {@code run_}. */
  static String find(Client client, String word) {
    if (word.matches(WHOLE)) {
      return word;
    }
    String start = word.startsWith("run_") ? word : "run_" + word;
    if (!start.matches("run_[0-9a-f-]+")) {
      throw Failure.wrongUse("not the id of a run: " + word, "see ./microcos runs");
    }
    List<String> found = new ArrayList<>();
    String query = "/v1/runs?limit=" + PAGE;
    String before = "";
    do {
      JsonNode page = client.get(query + before);
      for (JsonNode run : page.path("runs")) {
        String id = Json.text(run, "run_id");
        if (id.startsWith(start)) {
          found.add(id);
        }
      }
      String next = page.path("runs").isEmpty() ? "" : Json.text(page, "next");
      before = next.isEmpty() ? "" : "&before=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (!before.isEmpty());
    return only(found, "run", word, "see ./microcos runs, or name its person with --as");
  }

  /** The id of the question of a run that a beginning, or its step's name, means. */
  static String question(JsonNode run, String word) {
    List<String> found =
        run.path("questions").properties().stream()
            .filter(question ->
                question.getKey().startsWith(word)
                    || question.getKey().startsWith("inp_" + word)
                    || stepName(run, question).equals(word))
            .map(Map.Entry::getKey)
            .toList();
    return only(found, "question", word, "see ./microcos show " + Json.text(run, "run_id"));
  }

  /** The JSON that a GET of this run gives. */
  static JsonNode get(Client client, String id) {
    return known(id, () -> client.get("/v1/runs/" + id));
  }

  /** What the request gives; its 404 says that there is no such run. */
  static JsonNode known(String id, Supplier<JsonNode> request) {
    try {
      return request.get();
    } catch (Failure failure) {
      throw failure.status() == 404
          ? Failure.failed(
              "there is no run " + id, "see ./microcos runs, or name its person with --as")
          : failure;
    }
  }

  private static String stepName(JsonNode run, Map.Entry<String, JsonNode> question) {
    return Json.text(run.path("steps").path(Json.text(question.getValue(), "step_id")), "name");
  }

  private static String only(List<String> found, String what, String word, String next) {
    if (found.isEmpty()) {
      throw Failure.failed("no " + what + " begins with " + word, next);
    }
    if (found.size() > 1) {
      List<String> some = found.subList(0, Math.min(3, found.size()));
      throw Failure.wrongUse(
          found.size() + " begin with " + word + ": " + String.join(", ", some),
          "give more of the id");
    }
    return found.getFirst();
  }
}
