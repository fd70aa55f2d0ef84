/**
 * EventBridge Scheduler: CreateSchedule, UpdateSchedule, GetSchedule, DeleteSchedule and
 * ListSchedules, on the clock of the local cloud. Schedules are kept in a file and fire at least
 * once, each due time by itself even where the clock jumps over many. A rate without a start date
 * counts from when it was made or its expression changed, and is due for the first time when its
 * period has passed; on AWS it is due at once. Targets are functions; left out are groups' own
 * operations, flexible windows, dead letters and end dates.
 */
@NullMarked
package dev.microcos.local.services.scheduler;

import org.jspecify.annotations.NullMarked;
