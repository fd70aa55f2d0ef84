package dev.microcos.core.domain.user;

import dev.microcos.core.domain.log.Document;

/**
 * When a workflow is to start.
 *
 * @param name what the person calls it
 * @param expression {@code cron(…)}, {@code rate(…)} or {@code at(…)}, as EventBridge Scheduler
 *     reads it
 * @param timeZone the time zone of the expression, a name of the IANA database
 * @param input what the run is given
 * @param enabled whether it starts runs now
 */
public record Schedule(
    String name,
    String expression,
    String timeZone,
    String workflow,
    Document input,
    boolean enabled) {}
