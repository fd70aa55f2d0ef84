package dev.microcos.local.cloud.admin;

import java.util.Set;
import java.util.function.Function;

/**
 * One route of the admin port.
 *
 * @param methods what it takes
 * @param answer an IllegalArgumentException from it is told as 400
 */
public record AdminRoute(
    String path, Set<String> methods, Function<AdminRequest, AdminAnswer> answer) {}
