package dev.microcos.core.application.port;

import dev.microcos.core.domain.log.State;

/**
 * A state and how it was come by.
 *
 * @param commitsSinceSnapshot how many commits were folded onto the snapshot
 */
public record Loaded<S extends State>(S state, int commitsSinceSnapshot) {}
