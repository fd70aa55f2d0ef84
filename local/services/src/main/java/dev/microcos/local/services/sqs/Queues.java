package dev.microcos.local.services.sqs;

import dev.microcos.local.services.sqs.Deduplication.Sent;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All queues, in memory and on the disk. */
final class Queues {

  final InstantSource clock;
  private final QueueStore store;
  private final ReceiveCounts counts;
  private final ConcurrentSkipListMap<String, Queue> byName = new ConcurrentSkipListMap<>();
  private final SequenceMarks marks;

  Queues(QueueStore store, InstantSource clock) {
    this.store = store;
    this.counts = new ReceiveCounts(store);
    this.marks = new SequenceMarks(store.lastSequence());
    this.clock = clock;
    Map<Long, Queue> byId = new HashMap<>();
    for (QueueStore.QueueRow row : store.queues()) {
      QueueSettings settings = new QueueSettings(row.name(), row.attributes());
      Queue queue = queue(row.id(), row.name(), settings, row.createdMillis());
      byName.put(row.name(), queue);
      byId.put(row.id(), queue);
    }
    long now = clock.millis();
    store.restore(row -> {
      Queue queue = byId.get(row.queue());
      if (queue != null) {
        restore(queue, row, now);
      }
    });
  }

  private Queue queue(long id, String name, QueueSettings settings, long createdMillis) {
    return new Queue(id, name, settings, createdMillis, new Deduplication(this::sent), clock);
  }

  private Optional<Sent> sent(long sequence, DeduplicationKey key, long afterMillis) {
    return store
        .message(sequence)
        .map(QueueStore.MessageRow::message)
        .filter(message -> message.sentMillis() > afterMillis)
        .filter(message ->
            message.group() != null
                && message.deduplicationId() != null
                && key.isOf(message.group(), message.deduplicationId()))
        .map(message -> new Sent(UUID.fromString(message.id()), sequence));
  }

  private static void restore(Queue queue, QueueStore.MessageRow row, long now) {
    Message message = row.message();
    String deduplicationId = message.deduplicationId();
    if (deduplicationId != null
        && message.sentMillis() > now - Deduplication.INTERVAL_MILLIS
        && message.deadLetterSource() == null) {
      queue.deduplication.restore(
          key(queue, message.group(), deduplicationId), row.sequence(), message.sentMillis());
    }
    if (!row.gone()) {
      queue.add(
          List.of(
              Held.survivor(row.sequence(), message, row.receives(), row.firstReceivedMillis())));
    }
  }

  static DeduplicationKey key(Queue queue, @Nullable String group, String deduplicationId) {
    String scope = queue.settings.deduplicatesByGroup() ? group : null;
    return DeduplicationKey.of(scope == null ? "" : scope, deduplicationId);
  }

  /** The queue that a name, URL or ARN names by its last part. */
  Queue find(String queue) {
    String name = queue.substring(Math.max(queue.lastIndexOf('/'), queue.lastIndexOf(':')) + 1);
    Queue found = byName.get(name);
    if (found == null) {
      throw SqsRefusal.noQueue();
    }
    return found;
  }

  List<String> names(String prefix) {
    return byName.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  synchronized Queue create(String name, Map<String, String> attributes) {
    QueueSettings settings = new QueueSettings(name, attributes);
    Queue existing = byName.get(name);
    if (existing != null) {
      Map<String, String> shown = existing.settings.shown();
      settings
          .given()
          .forEach((attribute, value) -> {
            if (!value.equals(shown.get(attribute))) {
              throw SqsRefusal.queueExists(attribute);
            }
          });
      return existing;
    }
    long now = clock.millis();
    long id = store.createQueue(name, now, settings.given());
    Queue queue = queue(id, name, settings, now);
    byName.put(name, queue);
    return queue;
  }

  synchronized void setAttributes(Queue queue, Map<String, String> changed) {
    if (changed.containsKey("FifoQueue")) {
      throw SqsRefusal.invalidAttribute("Unknown Attribute FifoQueue.");
    }
    Map<String, String> all = new HashMap<>(queue.settings.given());
    all.putAll(changed);
    replaceAttributes(queue, all);
  }

  synchronized void replaceAttributes(Queue queue, Map<String, String> all) {
    QueueSettings settings = new QueueSettings(queue.name, all);
    store.setAttributes(queue.id, settings.given());
    queue.settings = settings;
    queue.modifiedMillis = clock.millis();
  }

  synchronized void delete(Queue queue) {
    byName.remove(queue.name);
    queue.close();
    store.deleteQueue(queue.id);
  }

  void purge(Queue queue) {
    store.purge(queue.id, queue::clear);
  }

  List<Held> add(Queue queue, List<Message> messages) {
    return store.add(queue.id, messages, queue::add);
  }

  List<ReceivedMessage> receive(Queue queue, int most, long waitNanos, int visibilitySeconds)
      throws InterruptedException {
    long until = System.nanoTime() + waitNanos;
    while (true) {
      Queue.Taken taken =
          queue.receive(most, Math.max(0, until - System.nanoTime()), visibilitySeconds);
      counts.received(taken.receives());
      taken.dead().forEach(held -> moveToDeadLetters(queue, held));
      if (!taken.expired().isEmpty()) {
        remove(queue, taken.expired());
      }
      boolean nothingCame = taken.dead().isEmpty() && taken.expired().isEmpty();
      if (!taken.messages().isEmpty() || nothingCame || until - System.nanoTime() <= 0) {
        return taken.messages();
      }
    }
  }

  private void moveToDeadLetters(Queue from, Held held) {
    Optional<Queue> to = from.settings.redrive().map(redrive -> byName.get(redrive.queue()));
    if (to.isEmpty()) {
      held.receiveCount = 0;
      held.visibleMillis = clock.millis();
      held.place = Held.Place.DELAYED;
      from.add(List.of(held));
      return;
    }
    Message old = held.message;
    long now = clock.millis();
    boolean fifo = to.get().settings.fifo();
    Message dead =
        new Message(
            old.id(),
            old.body(),
            fifo ? now : old.sentMillis(),
            now,
            old.group(),
            fifo ? old.id() : null,
            old.trace(),
            SqsService.arn(from.name),
            old.attributes());
    store.move(held.sequence, isRemembered(from, held), to.get().id, dead, to.get()::add);
  }

  /** Takes messages off the disk soon, but for what deduplication needs of them. */
  private void remove(Queue queue, List<Held> gone) {
    Map<Boolean, List<Long>> sequences =
        gone.stream()
            .collect(
                Collectors.partitioningBy(
                    held -> isRemembered(queue, held),
                    Collectors.mapping(held -> held.sequence, Collectors.toList())));
    sequences.forEach((remember, each) -> {
      if (!each.isEmpty()) {
        store.deleteLater(each, remember);
      }
    });
  }

  private boolean isRemembered(Queue queue, Held held) {
    return queue.settings.fifo()
        && held.message.sentMillis() > clock.millis() - Deduplication.INTERVAL_MILLIS;
  }

  void delete(Queue queue, List<Held> deleted) {
    if (deleted.isEmpty()) {
      return;
    }
    deleted.forEach(held -> counts.deleted(held.sequence));
    remove(queue, deleted);
    long now = clock.millis();
    if (marks.isDue(now)) {
      forget(now);
    }
  }

  /** Forgets soon what is remembered for deduplication alone, and no longer needed for it. */
  void removeExpired() {
    forget(clock.millis());
  }

  private void forget(long now) {
    long until = now - Deduplication.INTERVAL_MILLIS;
    store.forgetLater(marks.until(until, now, store.lastSequence()), until);
  }

  void wakeUp() {
    byName.values().forEach(Queue::wakeUp);
  }
}
