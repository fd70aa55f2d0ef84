package dev.microcos.local.services.sqs;

import java.util.TreeMap;

/** The messages of one message group that wait, in their order; guarded by the queue's lock. */
final class Group {

  final String name;
  final TreeMap<Long, Held> waiting = new TreeMap<>();
  int inFlight;
  boolean hasTurn;

  Group(String name) {
    this.name = name;
  }

  boolean isEmpty() {
    return waiting.isEmpty() && inFlight == 0;
  }
}
