package dev.microcos.core.aws;

import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Aggregate;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.IdKey;
import dev.microcos.core.domain.log.Ring;
import dev.microcos.core.domain.log.State;
import dev.microcos.core.wire.CommitJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.LongStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The log in DynamoDB. A commit is one item under the seq of its first event, put on the condition
 * that its place is free: that is the append and the lock at once. What a commit says is sealed;
 * its times and the hashes of its event ids are not, so that an event can be sought.
 */
final class DynamoLog<S extends State> implements EventLog<S> {

  private static final int TAIL_PAGE = 80;
  private static final int SEEK_PAGE = 25;
  private static final int IDS_PAGE = 1_000;
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final DynamoDbClient dynamo;
  private final String table;
  private final Seal seal;
  private final Aggregate<S> aggregate;
  private final Snapshots<S> snapshots;
  private final RunIndex runs;

  DynamoLog(
      DynamoDbClient dynamo, String table, Seal seal, Aggregate<S> aggregate, StateForm<S> form) {
    this.dynamo = dynamo;
    this.aggregate = aggregate;
    this.table = table;
    this.seal = seal;
    this.snapshots = new Snapshots<>(dynamo, table, seal, form);
    this.runs = new RunIndex(dynamo, table);
  }

  @Override
  public Loaded<S> load(Subject subject, long seq) {
    return seq == Long.MAX_VALUE ? newest(subject) : past(subject, seq);
  }

  /** Snapshot and tail are read side by side; what both hold is taken from the snapshot. */
  private Loaded<S> newest(Subject subject) {
    FutureTask<Optional<S>> snapshot = new FutureTask<>(() -> snapshots.newest(subject));
    Thread.ofVirtual().name("snapshot").start(snapshot);
    CommitPages pages = newestFirst(subject, TAIL_PAGE);
    List<Map<String, AttributeValue>> page = pages.next();
    if (!page.isEmpty() && !CommitItem.isOf(page.getFirst(), subject)) {
      return new Loaded<>(aggregate.empty(subject), 0);
    }
    S state = of(snapshot).orElseGet(() -> aggregate.empty(subject));
    List<Commit> tail = new ArrayList<>();
    while (add(page, subject, state.seq(), tail) && pages.hasNext()) {
      page = pages.next();
    }
    S newest = state;
    for (Commit commit : tail.reversed()) {
      for (Event event : commit.events()) {
        newest = aggregate.evolve(newest, event);
      }
    }
    return new Loaded<>(newest, tail.size());
  }

  /** Adds the commits after {@code seq}; whether the next page may hold more of them. */
  private boolean add(
      List<Map<String, AttributeValue>> page, Subject subject, long seq, List<Commit> tail) {
    for (Map<String, AttributeValue> item : page) {
      if (Items.number(item, CommitItem.LAST) <= seq) {
        return false;
      }
      tail.add(commit(subject, item));
    }
    return true;
  }

  private static <T> T of(FutureTask<T> reading) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return reading.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a snapshot could not be read", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Loaded<S> past(Subject subject, long seq) {
    S state = snapshots.before(subject, seq).orElseGet(() -> aggregate.empty(subject));
    int commits = 0;
    while (state.seq() < seq) {
      List<Commit> page = after(subject, state.seq(), TAIL_PAGE);
      if (page.isEmpty()) {
        break;
      }
      for (Commit commit : page) {
        commits++;
        for (Event event : commit.events()) {
          if (event.seq() > state.seq() && event.seq() <= seq) {
            state = aggregate.evolve(state, event);
          }
        }
      }
    }
    return new Loaded<>(state, commits);
  }

  @Override
  public boolean append(Commit commit) {
    Subject subject = commit.subject();
    String sk = CommitItem.sk(commit.firstSeq());
    Seal.Place place = new Seal.Place(subject.partition(), sk, CommitItem.KIND);
    byte[] sealed = seal.close(commit.person(), place, CommitJson.write(commit));
    Map<String, AttributeValue> item = CommitItem.of(commit, sealed);
    if (subject instanceof PersonRun run && commit.firstSeq() == 1) {
      runs.note(run, commit.at());
    }
    try {
      dynamo.putItem(
          put -> put.tableName(table).item(item).conditionExpression("attribute_not_exists(sk)"));
      return true;
    } catch (ConditionalCheckFailedException taken) {
      return isOurs(commit, place);
    }
  }

  @Override
  public List<Commit> after(Subject subject, long seq, int limit) {
    String from = CommitItem.sk(seq + 1);
    List<Commit> commits = new ArrayList<>();
    if (seq > 0) {
      dynamo
          .query(query ->
              query
                  .tableName(table)
                  .consistentRead(true)
                  .keyConditionExpression("pk = :pk AND sk BETWEEN :first AND :from")
                  .expressionAttributeValues(
                      Map.of(
                          ":pk", Items.text(subject.partition()),
                          ":first", Items.text(CommitItem.sk(1)),
                          ":from", Items.text(CommitItem.sk(seq))))
                  .scanIndexForward(false)
                  .limit(1))
          .items()
          .stream()
          .filter(item -> Items.number(item, CommitItem.LAST) > seq)
          .filter(item -> CommitItem.isOf(item, subject))
          .forEach(item -> commits.add(commit(subject, item)));
    }
    CommitPages pages =
        new CommitPages(dynamo, table, subject, from, true, limit, CommitPages.Part.ALL);
    while (commits.size() < limit && pages.hasNext()) {
      for (Map<String, AttributeValue> item : pages.next()) {
        if (commits.size() < limit && CommitItem.isOf(item, subject)) {
          commits.add(commit(subject, item));
        }
      }
    }
    return commits;
  }

  @Override
  public Optional<Commit> find(Subject subject, EventId event) {
    long hash = IdKey.of(subject).hash(event);
    Instant earliest = event.time().map(time -> time.minus(SKEW)).orElse(Instant.EPOCH);
    CommitPages pages = newestFirst(subject, SEEK_PAGE);
    int events = 0;
    while (pages.hasNext() && (events <= Ring.CAPACITY || earliest.isAfter(Instant.EPOCH))) {
      for (Map<String, AttributeValue> item : pages.next()) {
        for (long id : CommitItem.ids(item)) {
          events++;
          if (id == hash && CommitItem.isOf(item, subject)) {
            return Optional.of(commit(subject, item));
          }
        }
        if (CommitItem.at(item).isBefore(earliest)) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public Ids idsOf(Subject subject, long after, Instant since) {
    CommitPages pages =
        new CommitPages(
            dynamo, table, subject, CommitItem.sk(1), false, IDS_PAGE, CommitPages.Part.IDS);
    LongStream.Builder hashes = LongStream.builder();
    long upTo = after;
    int count = 0;
    while (pages.hasNext()) {
      for (Map<String, AttributeValue> item : pages.next()) {
        long last = Items.number(item, CommitItem.LAST);
        Instant at = CommitItem.at(item);
        if (last <= after || at.isBefore(since) || !CommitItem.isOf(item, subject)) {
          return new Ids(hashes.build().toArray(), since, upTo);
        }
        if (count >= MOST) {
          return new Ids(hashes.build().toArray(), at.plusMillis(1), upTo);
        }
        upTo = Math.max(upTo, last);
        for (long hash : CommitItem.ids(item)) {
          hashes.add(hash);
          count++;
        }
      }
    }
    return new Ids(hashes.build().toArray(), since, upTo);
  }

  @Override
  public void keepSnapshot(S state) {
    snapshots.keep(state);
  }

  /** A put whose answer was lost is tried again by the SDK, and then its place is taken: by us. */
  private boolean isOurs(Commit commit, Seal.Place place) {
    Map<String, AttributeValue> found =
        dynamo
            .getItem(get ->
                get.tableName(table).key(Items.key(place.pk(), place.sk())).consistentRead(true))
            .item();
    return found != null
        && !found.isEmpty()
        && CommitItem.isOf(found, commit.subject())
        && commit(commit.subject(), found).equals(commit);
  }

  private Commit commit(Subject subject, Map<String, AttributeValue> item) {
    Seal.Place place =
        new Seal.Place(subject.partition(), Items.text(item, Items.SK), CommitItem.KIND);
    byte[] json = seal.open(subject.person(), place, Items.bytes(item, CommitItem.DATA));
    return CommitJson.read(json, subject, CommitItem.at(item));
  }

  private CommitPages newestFirst(Subject subject, int page) {
    return new CommitPages(
        dynamo, table, subject, CommitItem.sk(1), false, page, CommitPages.Part.ALL);
  }
}
