package dev.microcos.core.testkit;

import dev.microcos.core.application.port.Push;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.user.UserState;
import java.util.ArrayList;
import java.util.List;

/** What would have been shown. */
public final class RecordedPush implements Push {

  private final List<Event> events = new ArrayList<>();
  private final List<Token> tokens = new ArrayList<>();

  @Override
  public synchronized void commit(
      Person person, UserState from, UserState to, List<Event> committed) {
    events.addAll(committed);
  }

  @Override
  public Tokens tokens(Person person) {
    return this::token;
  }

  @Override
  public void sync(String connection, UserState from, UserState to, List<Event> committed) {}

  @Override
  public void error(String connection, String code, String detail, RequestId request) {}

  @Override
  public void pong(String connection) {}

  private synchronized void token(Token token) {
    tokens.add(token);
  }

  /** The events that were shown. */
  public synchronized List<Event> events() {
    return List.copyOf(events);
  }

  /** The pieces of answers that were shown. */
  public synchronized List<Token> tokens() {
    return List.copyOf(tokens);
  }
}
