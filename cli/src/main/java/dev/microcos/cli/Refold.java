package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.CommitJson;
import dev.microcos.core.wire.UnknownTypeException;
import dev.microcos.core.wire.View;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A person's log, folded here by the rules that this command was built with. The view that comes of
 * it depends on the events alone: neither a snapshot nor a stored state of the server is used.
 */
final class Refold {
  private static final int PAGE = 500;

  private final List<UserState> states = new ArrayList<>();

  private Refold() {}

  /**
   * Reads the log from its first event on and folds it.
   *
   * @throws Failure if the log has a gap, or holds what this release does not know
   */
  static Refold of(Client client) {
    Refold refold = new Refold();
    long cursor = 0;
    while (true) {
      JsonNode events = client.get("/v1/events?after=" + cursor + "&limit=" + PAGE).path("events");
      if (events.isEmpty()) {
        return refold;
      }
      for (Event event : read(events)) {
        refold.add(event);
        cursor = event.seq();
      }
    }
  }

  /** How many events there are; the seq of the newest. */
  int size() {
    return states.size();
  }

  /** The hash of the view after this many events, at least one. */
  String hash(int seq) {
    return View.hash(states.get(seq - 1));
  }

  private void add(Event event) {
    UserState before =
        states.isEmpty() ? UserState.empty(event.envelope().person()) : states.getLast();
    try {
      states.add(UserEvolution.evolve(before, event));
    } catch (IllegalArgumentException e) {
      throw Failure.failed(
          "the log has a gap: " + e.getMessage(),
          "see ./microcos events --json --after " + Math.max(0, before.seq() - 1));
    }
  }

  /** The view does not know the time of a commit, so any will do. */
  private static List<Event> read(JsonNode events) {
    String first = Json.text(events.path(0), "user_id");
    ObjectNode commit = Json.object();
    commit.set("events", events);
    try {
      return CommitJson.read(
              Json.line(commit).getBytes(StandardCharsets.UTF_8),
              new Person(new UserId(first), 1),
              Instant.EPOCH)
          .events();
    } catch (UnknownTypeException | IllegalArgumentException e) {
      throw Failure.failed(
          "the log holds what this command does not know: " + e.getMessage(),
          "use the command of the release that runs at --target");
    }
  }
}
