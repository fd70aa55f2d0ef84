/**
 * Measures the local cloud from outside, beside a peer: one client program posts, waits for the
 * frame that proves delivery, and counts what it cost the server. Runs only by the commands in
 * {@code bench/}, never in the build.
 */
@NullMarked
package dev.microcos.bench;

import org.jspecify.annotations.NullMarked;
