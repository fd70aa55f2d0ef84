package dev.microcos.local.stepfunctions.definition;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** How a Map state groups its items; a number may be an expression, absent is without limit. */
public record ItemBatcher(
    @Nullable JsonNode maxItemsPerBatch,
    @Nullable JsonNode maxInputBytesPerBatch,
    @Nullable JsonNode batchInput) {}
