package dev.microcos.local.stepfunctions.history;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An event of a history.
 *
 * @param id counted from one
 * @param previousEventId the event that led to it, zero for none, as AWS tells it
 * @param millis when, in milliseconds since 1970
 * @param branch the branch whose event it is, zero for the execution's own
 */
public record HistoryEvent(
    @JsonProperty("i") long id,
    @JsonProperty("p") long previousEventId,
    @JsonProperty("t") long millis,
    @JsonProperty("b") int branch,
    @JsonProperty("e") Event event) {}
