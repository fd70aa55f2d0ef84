/**
 * Lambda: functions and event source mappings of SQS queues.
 *
 * <p>A {@link LambdaFunction} is one handler object that serves all its invocations side by side,
 * on the threads that call; so state in a handler is shared, as in one warm sandbox, and must be
 * safe for use by many threads. The timeout interrupts; reserved concurrency throttles.
 *
 * <p>An {@link EventSourceMapping} polls a {@link QueueSource} and hands over batches of at most
 * 10, as many at once as its maximum concurrency. What succeeded is deleted; what the function
 * names in {@code batchItemFailures} stays invisible until its visibility timeout; an exception, a
 * timeout, an item without identifier or one that is not in the batch fails the whole batch.
 *
 * <p><b>Left out:</b> asynchronous and remote invocation, versions and aliases, SnapStart, memory
 * and CPU limits, filters, batching windows, provisioned pollers, the scaling of pollers, and
 * streams.
 */
@NullMarked
package dev.microcos.local.services.lambda;

import org.jspecify.annotations.NullMarked;
