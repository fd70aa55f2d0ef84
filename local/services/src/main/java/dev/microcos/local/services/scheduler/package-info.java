/**
 * EventBridge Scheduler: CreateSchedule, UpdateSchedule, GetSchedule, DeleteSchedule and
 * ListSchedules, on the clock of the local cloud. Schedules are kept in a file and fire at least
 * once, each due time by itself even where the clock jumps over many. Targets are functions; it
 * leaves out groups' own operations, flexible windows, dead letters and time limits.
 */
@NullMarked
package dev.microcos.local.services.scheduler;

import org.jspecify.annotations.NullMarked;
