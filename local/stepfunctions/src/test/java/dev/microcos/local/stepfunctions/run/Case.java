package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.stepfunctions.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A case of the tables in {@code cases/}: a definition, an input, how its tasks end, and what
 * becomes of it.
 */
record Case(String name, JsonNode content) {

  static List<Case> all() {
    URL folder = Objects.requireNonNull(Case.class.getResource("/cases"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      List<Case> cases = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        for (var each : Json.read(Files.readString(file)).properties()) {
          cases.add(new Case(each.getKey(), each.getValue()));
        }
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode definition() {
    return content.path("definition");
  }

  JsonNode input() {
    return content.has("input") ? content.path("input") : Json.object();
  }

  /** Events as in the tables: number, the one before, type, and the state's name if it has one. */
  static List<String> lines(List<JsonNode> history) {
    return history.stream().map(Case::line).toList();
  }

  private static String line(JsonNode event) {
    String name = event.path("stateEnteredEventDetails").path("name").asText();
    for (String details : List.of("stateExitedEventDetails", "mapIterationStartedEventDetails")) {
      if (event.has(details)) {
        name = event.path(details).path("name").asText();
      }
    }
    return (event.path("id").asText()
            + "<"
            + event.path("previousEventId").asText()
            + " "
            + event.path("type").asText()
            + " "
            + name)
        .strip();
  }

  @Override
  public String toString() {
    return name;
  }
}
