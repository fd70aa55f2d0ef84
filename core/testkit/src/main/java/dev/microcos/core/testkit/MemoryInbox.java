package dev.microcos.core.testkit;

import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.domain.log.Envelope;
import java.util.ArrayList;
import java.util.List;

/** An inbox that one looks into. */
public final class MemoryInbox implements Inbox {

  private final List<Envelope> sent = new ArrayList<>();

  @Override
  public synchronized void send(Envelope envelope) {
    sent.add(envelope);
  }

  /** What was sent, in its order; gone from here by that. */
  public synchronized List<Envelope> take() {
    List<Envelope> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }
}
