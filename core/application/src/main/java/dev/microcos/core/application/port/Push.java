package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.user.UserState;
import java.util.List;

/**
 * Shows a person's open pages what is new. A push is a hint and never fails the caller: who misses
 * one sees a gap and asks for what follows.
 */
public interface Push {

  /** To all pages of the person: the events that led from one state to the next. */
  void commit(Person person, UserState from, UserState to, List<Event> events);

  /** To all pages of the person: an answer, as it comes. */
  Tokens tokens(Person person);

  /** To one page: what followed after what it has, or everything. */
  void sync(String connection, UserState from, UserState to, List<Event> events);

  /** To one page: what it sent as this request is not understood or not allowed. */
  void error(String connection, String code, String detail, RequestId request);

  /** To one page: it is heard. */
  void pong(String connection);

  /** Where one answer is shown, piece by piece. */
  @FunctionalInterface
  interface Tokens {
    /** Shows the next piece. */
    void show(Token token);
  }

  /**
   * A piece of an answer.
   *
   * @param attempt a higher one replaces all of a lower one
   * @param index counts the pieces of an attempt from 0
   */
  record Token(OperationId operation, int attempt, int index, String text) {}
}
