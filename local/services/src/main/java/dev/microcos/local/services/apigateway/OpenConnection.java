package dev.microcos.local.services.apigateway;

import java.time.Instant;

/**
 * One open socket, for people who look.
 *
 * @param connectionId what {@code @connections} calls it
 * @param principal whom the authorizer named, empty without one
 * @param bytesWaiting what was posted and is not yet written to the network
 */
public record OpenConnection(
    String connectionId,
    String principal,
    String sourceIp,
    String userAgent,
    Instant connectedAt,
    Instant lastActiveAt,
    long bytesWaiting) {}
