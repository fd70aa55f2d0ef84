/**
 * The disk of the local cloud: one SQLite file in the data folder, written by one writer at a time
 * and synced before a write is acknowledged.
 *
 * <p><b>Durability.</b> WAL with {@code synchronous=FULL}: {@link
 * dev.microcos.local.services.store.Store#write} returns after the fsync, so neither {@code kill
 * -9} nor a power cut takes back what was acknowledged. {@code writeLater} promises less: it joins
 * the next commit, at most some milliseconds later, and a crash before that forgets it.
 *
 * <p><b>Group commit.</b> All writers that wait are committed by one fsync. A writer that finds
 * nobody else at work commits on its own thread, without a hand-over; otherwise the store's thread
 * takes all that wait.
 *
 * <p><b>Erasure.</b> {@code secure_delete} overwrites what is deleted, and the log is truncated as
 * soon as the store is idle for a second, or by {@code scrub}.
 *
 * <p>Left out: more than one process (the second one is refused), more than one file, migration.
 */
@NullMarked
package dev.microcos.local.services.store;

import org.jspecify.annotations.NullMarked;
