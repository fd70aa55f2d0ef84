package dev.microcos.core.aws;

import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.State;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How the states of a kind of log are written and read.
 *
 * @param write a state as UTF-8
 * @param read the state that was written, of the log that it belongs to
 */
record StateForm<S extends State>(Function<S, byte[]> write, BiFunction<byte[], Subject, S> read) {}
