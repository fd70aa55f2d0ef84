package dev.microcos.local.stepfunctions.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What an expression sees: {@code $states}, and the workflow's variables without their dollar. */
public record Scope(JsonNode states, Map<String, JsonNode> variables) {}
