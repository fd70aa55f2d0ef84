package dev.microcos.core.application.port;

import dev.microcos.core.domain.log.Envelope;

/** The one way in. */
public interface Inbox {

  /**
   * Sends an envelope to its person's reducer. It is durable when this returns; the envelopes of
   * one person are reduced in the order in which they were sent.
   */
  void send(Envelope envelope);
}
