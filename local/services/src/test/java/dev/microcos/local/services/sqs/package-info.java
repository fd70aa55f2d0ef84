/** Queues over restarts, and what they cost. */
@NullMarked
package dev.microcos.local.services.sqs;

import org.jspecify.annotations.NullMarked;
