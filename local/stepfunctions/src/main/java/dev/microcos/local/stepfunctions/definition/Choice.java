package dev.microcos.local.stepfunctions.definition;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A rule of a Choice state; its condition is a truth value or an expression. */
public record Choice(
    JsonNode condition, String next, @Nullable JsonNode output, @Nullable JsonNode assign) {}
