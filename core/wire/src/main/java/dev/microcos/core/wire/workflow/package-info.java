/**
 * Workflows as their folders in {@code statemachines/} have them: read, checked with every fault
 * told, and wrapped so that each step knows its run.
 */
@NullMarked
package dev.microcos.core.wire.workflow;

import org.jspecify.annotations.NullMarked;
