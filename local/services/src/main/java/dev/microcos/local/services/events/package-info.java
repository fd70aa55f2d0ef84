/**
 * Amazon EventBridge, as far as the local cloud needs it: the default bus, rules with patterns, and
 * PutEvents, whose events survive a crash. Left out: other buses, archives, schedules, transformers
 * of input.
 */
@NullMarked
package dev.microcos.local.services.events;

import org.jspecify.annotations.NullMarked;
