package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what can be run, with what it takes. */
@Command(name = "workflows", description = "print what can be run, and what it takes")
final class Workflows implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Override
  public Integer call() {
    JsonNode all = common.client().get("/v1/workflows").path("workflows");
    if (common.json()) {
      Out.line(Json.pretty(all));
      return 0;
    }
    all.properties()
        .forEach(each -> {
          Out.line("%-16s %s".formatted(each.getKey(), Json.text(each.getValue(), "title")));
          String takes = takes(each.getValue().path("input_schema"));
          Out.line("                 ./microcos run " + (each.getKey() + " " + takes).strip());
        });
    if (all.isEmpty()) {
      Out.line("nothing yet; make one: ./microcos new NAME");
    }
    return 0;
  }

  /** The input as it would be typed; what may be left out stands in brackets. */
  private static String takes(JsonNode schema) {
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    return String.join(
        " ",
        schema.path("properties").properties().stream()
            .map(part -> {
              String typed = part.getKey() + "=" + kind(part.getValue());
              return required.contains(part.getKey()) ? typed : "[" + typed + "]";
            })
            .toList());
  }

  private static String kind(JsonNode schema) {
    if (schema.has("enum")) {
      List<String> options = new ArrayList<>();
      schema.path("enum").forEach(option -> options.add(option.asText()));
      return String.join("|", options);
    }
    return schema.path("type").asText("json").toUpperCase(Locale.ROOT);
  }
}
