/**
 * Amazon EventBridge, as far as the local cloud needs it: the default bus, rules with patterns, and
 * PutEvents. Left out: other buses, archives, schedules, transformers of input, and delivery that
 * survives a crash, except of the events whose source tells them again, as Step Functions does.
 */
@NullMarked
package dev.microcos.local.services.events;

import org.jspecify.annotations.NullMarked;
