/** EventBridge as rules and callers see it. */
@NullMarked
package dev.microcos.local.services.events;

import org.jspecify.annotations.NullMarked;
