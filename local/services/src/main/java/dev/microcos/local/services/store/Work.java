package dev.microcos.local.services.store;

import java.sql.SQLException;

/**
 * Something done in the store. Work that writes may be run a second time, when other work of the
 * same commit failed, so it changes nothing but the store; a refusal that is expected is better a
 * value than an exception, which makes the rest of the commit run again.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface Work<T> {
  /** Does it. */
  T run(Session session) throws SQLException;
}
