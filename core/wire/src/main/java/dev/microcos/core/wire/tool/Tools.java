package dev.microcos.core.wire.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.DataSchemas;
import dev.microcos.core.wire.Schemas.Fault;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** The tools that there are, by name. */
public final class Tools {

  private final SequencedMap<String, Tool> tools = new LinkedHashMap<>();

  /**
   * These tools.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public Tools(List<Tool> all) {
    for (Tool tool : all) {
      if (tools.put(tool.name(), tool) != null) {
        throw new IllegalArgumentException("there are two tools named " + tool.name());
      }
    }
  }

  /** The tools that need nothing but this house: the clock and the text tool. */
  public static Tools ofTheHouse() {
    return new Tools(List.of(new ClockTool(), new TextTool()));
  }

  /** All of them. */
  public Map<String, Tool> all() {
    return Collections.unmodifiableMap(tools);
  }

  /**
   * Calls a tool, after a look at its arguments.
   *
   * @throws ToolFailure if there is no such tool, the arguments do not fit, or it fails
   */
  public JsonNode call(String name, ObjectNode arguments, Instant now) {
    Tool tool = tools.get(name);
    if (tool == null) {
      throw new ToolFailure(
          "unknown_tool", "there is no tool " + name + "; there are " + tools.keySet(), false);
    }
    List<Fault> faults = DataSchemas.faults(tool.argumentsSchema(), arguments);
    if (!faults.isEmpty()) {
      throw new ToolFailure(
          "invalid_arguments",
          name
              + ": "
              + faults.stream()
                  .map(fault -> fault.pointer() + " " + fault.detail())
                  .distinct()
                  .limit(5)
                  .collect(Collectors.joining("; ")),
          false);
    }
    return tool.call(arguments, now);
  }
}
