package dev.microcos.local.services.sqs;

import org.jspecify.annotations.Nullable;

/**
 * A message attribute, as its sender gave it.
 *
 * @param dataType {@code String}, {@code Number} or {@code Binary}, perhaps with a label after a
 *     dot
 * @param text the value of a String or Number
 * @param binary the value of a Binary
 */
public record MessageAttribute(String dataType, @Nullable String text, byte @Nullable [] binary) {}
