package dev.microcos.local.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.sqs.Deduplication.Sent;
import dev.microcos.local.services.transport.JsonRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks messages, drops duplicates and writes the rest. */
final class Sending {

  /** SQS's limit for a message with its attributes, and for a batch of them. */
  static final int MOST_BYTES = 1_048_576;

  static final Set<String> ENTRY =
      Set.of(
          "Id",
          "MessageBody",
          "DelaySeconds",
          "MessageAttributes",
          "MessageSystemAttributes",
          "MessageDeduplicationId",
          "MessageGroupId");

  private final Queues queues;

  Sending(Queues queues) {
    this.queues = queues;
  }

  /** A message that passed the checks, with the key of its deduplication in a FIFO queue. */
  record Checked(Message message, @Nullable DeduplicationKey key) {
    int bytes() {
      return MessageAttributes.bytes(message);
    }
  }

  /** Checks one message of a request. */
  Checked check(Queue queue, JsonRequest entry) {
    String body = entry.text("MessageBody").orElse("");
    if (body.isEmpty()) {
      throw SqsRefusal.missing("MessageBody");
    }
    checkCharacters(body);
    QueueSettings settings = queue.settings;
    String group = entry.text("MessageGroupId").orElse(null);
    checkToken("MessageGroupId", group);
    long now = queues.clock.millis();
    Message message =
        new Message(
            UUID.randomUUID().toString(),
            body,
            now,
            now + delaySeconds(settings, entry) * 1_000L,
            group,
            deduplicationId(settings, entry, group, body),
            trace(entry),
            null,
            MessageAttributes.read(entry));
    Checked checked = new Checked(message, key(queue, message));
    if (checked.bytes() > settings.number("MaximumMessageSize")) {
      throw SqsRefusal.invalid(
          "One or more parameters are invalid. Reason: Message must be shorter than "
              + settings.number("MaximumMessageSize")
              + " bytes.");
    }
    return checked;
  }

  private static @Nullable DeduplicationKey key(Queue queue, Message message) {
    String id = message.deduplicationId();
    return id == null ? null : Queues.key(queue, message.group(), id);
  }

  private static @Nullable String deduplicationId(
      QueueSettings settings, JsonRequest entry, @Nullable String group, String body) {
    Optional<String> id = entry.text("MessageDeduplicationId");
    if (!settings.fifo()) {
      if (id.isPresent()) {
        throw SqsRefusal.invalid(
            "Value "
                + id.get()
                + " for parameter MessageDeduplicationId is invalid. Reason: The request include"
                + " parameter that is not valid for this queue type.");
      }
      return null;
    }
    if (group == null) {
      throw SqsRefusal.missing("MessageGroupId");
    }
    checkToken("MessageDeduplicationId", id.orElse(null));
    if (id.isEmpty() && !settings.contentBasedDeduplication()) {
      throw SqsRefusal.invalid(
          "The queue should either have ContentBasedDeduplication enabled or"
              + " MessageDeduplicationId provided explicitly");
    }
    return id.orElseGet(() -> Deduplication.contentId(body));
  }

  private static int delaySeconds(QueueSettings settings, JsonRequest entry) {
    OptionalInt delay = entry.integer("DelaySeconds");
    if (delay.isEmpty()) {
      return settings.number("DelaySeconds");
    }
    int seconds = delay.getAsInt();
    if (seconds < 0 || seconds > 900 || (settings.fifo() && seconds > 0)) {
      throw SqsRefusal.invalid(
          "Value "
              + seconds
              + " for parameter DelaySeconds is invalid. Reason: "
              + (settings.fifo()
                  ? "The request include parameter that is not valid for this queue type."
                  : "DelaySeconds must be >= 0 and <= 900."));
    }
    return seconds;
  }

  private static @Nullable String trace(JsonRequest entry) {
    Optional<JsonNode> system = entry.object("MessageSystemAttributes");
    if (system.isEmpty()) {
      return null;
    }
    JsonRequest attributes = entry.part(system.get());
    attributes.allow(Set.of("AWSTraceHeader"));
    return attributes
        .object("AWSTraceHeader")
        .flatMap(header -> attributes.part(header).text("StringValue"))
        .orElse(null);
  }

  /** AWS: group and deduplication ids have up to 128 printable ASCII characters. */
  private static void checkToken(String parameter, @Nullable String value) {
    if (value != null && !value.matches("[!-~]{1,128}")) {
      throw SqsRefusal.invalid(
          "Value "
              + value
              + " for parameter "
              + parameter
              + " is invalid. Reason: "
              + parameter
              + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
    }
  }

  private static void checkCharacters(String body) {
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF) {
        throw SqsRefusal.batch(
            "InvalidMessageContents",
            "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to"
                + " #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.");
      }
    }
  }

  /**
   * Writes all that are not duplicates with one commit.
   *
   * @return what each of them was sent as, in their order
   */
  List<Sent> send(Queue queue, List<Checked> checked) {
    Map<DeduplicationKey, Sent> duplicates = new HashMap<>();
    Set<DeduplicationKey> claimed = new HashSet<>();
    try {
      claim(queue, checked, claimed, duplicates);
      List<Message> fresh = new ArrayList<>();
      Map<DeduplicationKey, Integer> places = new HashMap<>();
      int[] place = new int[checked.size()];
      for (int i = 0; i < place.length; i++) {
        DeduplicationKey key = checked.get(i).key();
        place[i] = key == null ? fresh.size() : places.getOrDefault(key, fresh.size());
        if (place[i] == fresh.size() && !(key != null && duplicates.containsKey(key))) {
          fresh.add(checked.get(i).message());
          if (key != null) {
            places.put(key, place[i]);
          }
        }
      }
      List<Sent> written =
          fresh.isEmpty()
              ? List.of()
              : queues.add(queue, fresh).stream().map(Sending::sent).toList();
      long now = queues.clock.millis();
      places.forEach((key, at) -> queue.deduplication.sent(key, written.get(at), now));
      claimed.clear();
      List<Sent> sent = new ArrayList<>(place.length);
      for (int i = 0; i < place.length; i++) {
        DeduplicationKey key = checked.get(i).key();
        Sent duplicate = key == null ? null : duplicates.get(key);
        sent.add(duplicate == null ? written.get(place[i]) : duplicate);
      }
      return sent;
    } finally {
      claimed.forEach(queue.deduplication::failed);
    }
  }

  /** Claims in one order over all senders, so that no two wait for each other. */
  private void claim(
      Queue queue,
      List<Checked> checked,
      Set<DeduplicationKey> claimed,
      Map<DeduplicationKey, Sent> duplicates) {
    List<DeduplicationKey> keys =
        checked.stream()
            .map(Checked::key)
            .filter(Objects::nonNull)
            .distinct()
            .sorted(
                Comparator.comparingLong(DeduplicationKey::high)
                    .thenComparingLong(DeduplicationKey::low))
            .toList();
    for (DeduplicationKey key : keys) {
      Optional<Sent> earlier = queue.deduplication.claim(key, queues.clock.millis());
      if (earlier.isPresent()) {
        duplicates.put(key, earlier.get());
      } else {
        claimed.add(key);
      }
    }
  }

  private static Sent sent(Held held) {
    return new Sent(UUID.fromString(held.message.id()), held.sequence);
  }
}
