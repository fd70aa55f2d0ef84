package dev.microcos.local.stepfunctions.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a state's failure leads; {@code output} and {@code assign} are templates. */
public record Catcher(
    List<String> errorEquals, String next, @Nullable JsonNode output, @Nullable JsonNode assign) {}
