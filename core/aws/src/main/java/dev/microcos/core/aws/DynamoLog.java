package dev.microcos.core.aws;

import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.application.port.UserLog;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.IdKey;
import dev.microcos.core.domain.log.Ring;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.CommitJson;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The log in DynamoDB. A commit is one item under the seq of its first event, put on the condition
 * that its place is free: that is the append and the lock at once. What a commit says is sealed;
 * its times and the hashes of its event ids are not, so that an event can be sought.
 */
final class DynamoLog implements UserLog {

  private static final int TAIL_PAGE = 80;
  private static final int SEEK_PAGE = 25;
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final DynamoDbClient dynamo;
  private final String table;
  private final Seal seal;
  private final Snapshots snapshots;

  DynamoLog(DynamoDbClient dynamo, String table, Seal seal) {
    this.dynamo = dynamo;
    this.table = table;
    this.seal = seal;
    this.snapshots = new Snapshots(dynamo, table, seal);
  }

  @Override
  public Loaded load(Person person, long seq) {
    return seq == Long.MAX_VALUE ? newest(person) : past(person, seq);
  }

  /** Snapshot and tail are read side by side; what both hold is taken from the snapshot. */
  private Loaded newest(Person person) {
    FutureTask<Optional<UserState>> snapshot = new FutureTask<>(() -> snapshots.newest(person));
    Thread.ofVirtual().name("snapshot").start(snapshot);
    CommitPages pages = newestFirst(person, TAIL_PAGE);
    List<Map<String, AttributeValue>> page = pages.next();
    UserState state = of(snapshot).orElseGet(() -> UserState.empty(person));
    List<Commit> tail = new ArrayList<>();
    while (add(page, person, state.seq(), tail) && pages.hasNext()) {
      page = pages.next();
    }
    UserState newest = state;
    for (Commit commit : tail.reversed()) {
      for (Event event : commit.events()) {
        newest = UserEvolution.evolve(newest, event);
      }
    }
    return new Loaded(newest, tail.size());
  }

  /** Adds the commits after {@code seq}; whether the next page may hold more of them. */
  private boolean add(
      List<Map<String, AttributeValue>> page, Person person, long seq, List<Commit> tail) {
    for (Map<String, AttributeValue> item : page) {
      if (Items.number(item, CommitItem.LAST) <= seq) {
        return false;
      }
      tail.add(commit(person, item));
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

  private Loaded past(Person person, long seq) {
    UserState state = snapshots.before(person, seq).orElseGet(() -> UserState.empty(person));
    int commits = 0;
    while (state.seq() < seq) {
      List<Commit> page = after(person, state.seq(), TAIL_PAGE);
      if (page.isEmpty()) {
        break;
      }
      for (Commit commit : page) {
        commits++;
        for (Event event : commit.events()) {
          if (event.seq() > state.seq() && event.seq() <= seq) {
            state = UserEvolution.evolve(state, event);
          }
        }
      }
    }
    return new Loaded(state, commits);
  }

  @Override
  public boolean append(Commit commit) {
    Person person = commit.person();
    String sk = CommitItem.sk(commit.firstSeq());
    Seal.Place place = new Seal.Place(person.partition(), sk, CommitItem.KIND);
    byte[] sealed = seal.close(person, place, CommitJson.write(commit));
    Map<String, AttributeValue> item = CommitItem.of(commit, sealed);
    try {
      dynamo.putItem(
          put -> put.tableName(table).item(item).conditionExpression("attribute_not_exists(sk)"));
      return true;
    } catch (ConditionalCheckFailedException taken) {
      return isOurs(commit, place);
    }
  }

  @Override
  public List<Commit> after(Person person, long seq, int limit) {
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
                          ":pk", Items.text(person.partition()),
                          ":first", Items.text(CommitItem.sk(1)),
                          ":from", Items.text(CommitItem.sk(seq))))
                  .scanIndexForward(false)
                  .limit(1))
          .items()
          .stream()
          .filter(item -> Items.number(item, CommitItem.LAST) > seq)
          .forEach(item -> commits.add(commit(person, item)));
    }
    CommitPages pages = new CommitPages(dynamo, table, person, from, true, limit);
    while (commits.size() < limit && pages.hasNext()) {
      for (Map<String, AttributeValue> item : pages.next()) {
        if (commits.size() < limit) {
          commits.add(commit(person, item));
        }
      }
    }
    return commits;
  }

  @Override
  public Optional<Commit> find(Person person, EventId event) {
    long hash = IdKey.of(person).hash(event);
    Instant earliest = event.time().map(time -> time.minus(SKEW)).orElse(Instant.EPOCH);
    CommitPages pages = newestFirst(person, SEEK_PAGE);
    int events = 0;
    while (pages.hasNext() && (events <= Ring.CAPACITY || earliest.isAfter(Instant.EPOCH))) {
      for (Map<String, AttributeValue> item : pages.next()) {
        ByteBuffer ids = ByteBuffer.wrap(Items.bytes(item, CommitItem.IDS));
        while (ids.hasRemaining()) {
          events++;
          if (ids.getLong() == hash) {
            return Optional.of(commit(person, item));
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
  public void keepSnapshot(UserState state) {
    snapshots.keep(state);
  }

  /** A put whose answer was lost is tried again by the SDK, and then its place is taken: by us. */
  private boolean isOurs(Commit commit, Seal.Place place) {
    Map<String, AttributeValue> found =
        dynamo
            .getItem(get ->
                get.tableName(table).key(Items.key(place.pk(), place.sk())).consistentRead(true))
            .item();
    return found != null && !found.isEmpty() && commit(commit.person(), found).equals(commit);
  }

  private Commit commit(Person person, Map<String, AttributeValue> item) {
    Seal.Place place =
        new Seal.Place(person.partition(), Items.text(item, Items.SK), CommitItem.KIND);
    byte[] json = seal.open(person, place, Items.bytes(item, CommitItem.DATA));
    return CommitJson.read(json, person, CommitItem.at(item));
  }

  private CommitPages newestFirst(Person person, int page) {
    return new CommitPages(dynamo, table, person, CommitItem.sk(1), false, page);
  }
}
