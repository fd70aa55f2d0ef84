package dev.microcos.local.stepfunctions.definition;

/** What is wrong with a definition: where, as {@code /States/Ask/TimeoutSeconds}, and why. */
public record Fault(String path, String detail) {}
