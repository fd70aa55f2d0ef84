package dev.microcos.core.domain.id;

import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One envelope and the event that it becomes. Made as UUIDv7, so that it carries its time; one made
 * from a client's action id that has no time is marked as version 8.
 */
public record EventId(String value) implements Id {

  private static final String PREFIX = "evt_";

  public EventId {
    Id.check("evt", value);
  }

  /** A new id of the given time. */
  public static EventId create(Instant time, RandomGenerator random) {
    return new EventId(PREFIX + Uuids.version7(time, random.nextLong(), random.nextLong()));
  }

  /**
   * The id of an action that a client may repeat: the same for the same person, route and action.
   *
   * @param user who acts
   * @param route method and path of the request, or the name of the socket's action
   * @param action what the client calls it
   */
  public static EventId of(UserId user, String route, ClientActionId action) {
    Digest digest = Digest.of(user.value(), route, action.value());
    return new EventId(
        PREFIX
            + action
                .time()
                .map(time -> Uuids.version7(time, digest.first(), digest.second()))
                .orElseGet(() -> Uuids.version8(digest.first(), digest.second())));
  }

  /** The id of a further event that the envelope with this id causes; it keeps the time. */
  public EventId further(int index) {
    return new EventId(PREFIX + versioned(Digest.of(value, Integer.toString(index))));
  }

  private String versioned(Digest digest) {
    return time()
        .map(time -> Uuids.version7(time, digest.first(), digest.second()))
        .orElseGet(() -> Uuids.version8(digest.first(), digest.second()));
  }

  /** The id of the answer that an operation's attempt gives. */
  public static EventId ofAnswer(OperationId operation, int attempt, Instant time) {
    Digest digest = Digest.of(operation.value(), Integer.toString(attempt));
    return new EventId(PREFIX + Uuids.version7(time, digest.first(), digest.second()));
  }

  /**
   * The id of something that several may report, each in the same words: of a step, of a schedule
   * that is due.
   *
   * @param time the same for all who report it
   * @param words what tells it from all else
   */
  public static EventId ofReport(Instant time, String... words) {
    Digest digest = Digest.of(words);
    return new EventId(PREFIX + Uuids.version7(time, digest.first(), digest.second()));
  }

  /** The id of the envelope that an effect of this event's commit sends; it keeps the time. */
  public EventId causedBy(String effectId) {
    return new EventId(PREFIX + versioned(Digest.of(value, effectId)));
  }

  /** The id of the end of an operation whose job was given up; it keeps the operation's time. */
  public static EventId ofGivenUp(OperationId operation, String effectId) {
    Digest digest = Digest.of(operation.value(), effectId, "given up");
    return new EventId(PREFIX + operation.startedBy().versioned(digest));
  }

  /** When it was made, if it carries its time. */
  public Optional<Instant> time() {
    String uuid = uuidText();
    return Uuids.isVersion7(uuid) ? Optional.of(Uuids.time(uuid)) : Optional.empty();
  }

  String uuidText() {
    return value.substring(PREFIX.length());
  }

  @Override
  public String toString() {
    return value;
  }
}
