package dev.microcos.core.aws;

import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * States kept beside their log: compressed, sealed, in parts that fit an item, with the pointer to
 * the newest written last, so that a half-written one is never read. Older ones stay as
 * checkpoints: all of them for a month, then one in a thousand seqs.
 */
final class Snapshots<S extends State> {

  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private static final String POINTER = "snapshot";
  private static final String KIND = "snapshot";
  private static final String SEQ = "seq";
  private static final String PARTS = "parts";
  private static final String THINNED = "thinned";
  private static final long NEWEST = 9_999_999_999_999_999L;

  /** So long every checkpoint stays. */
  private static final Duration ALL_KEPT = Duration.ofDays(30);

  /** Of older checkpoints one stays in so many seqs. */
  private static final long SPAN = 1_024;

  /** More than one snapshot adds, so that thinning keeps up. */
  private static final int THINNED_AT_ONCE = 4;

  private static final int PART = 300 * 1024;
  private static final int LAST_PART = 999;

  private final DynamoDbClient dynamo;
  private final String table;
  private final Seal seal;
  private final StateForm<S> form;

  Snapshots(DynamoDbClient dynamo, String table, Seal seal, StateForm<S> form) {
    this.dynamo = dynamo;
    this.table = table;
    this.seal = seal;
    this.form = form;
  }

  Optional<S> newest(Subject subject) {
    Map<String, AttributeValue> pointer = get(subject, POINTER);
    if (pointer.isEmpty()) {
      return Optional.empty();
    }
    Optional<S> pointed =
        read(subject, Items.number(pointer, SEQ), (int) Items.number(pointer, PARTS));
    return pointed.isPresent() ? pointed : before(subject, NEWEST);
  }

  /** The newest whole checkpoint whose state holds no event after {@code seq}. */
  Optional<S> before(Subject subject, long seq) {
    long upTo = seq;
    while (upTo > 0) {
      List<Map<String, AttributeValue>> found = parts(subject, 0, upTo, false, 1);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      long at = Items.number(found.getFirst(), SEQ);
      Optional<S> state = read(subject, at, (int) Items.number(found.getFirst(), PARTS));
      if (state.isPresent()) {
        return state;
      }
      upTo = at - 1;
    }
    return Optional.empty();
  }

  /** Parts of checkpoints, without what they hold. */
  private List<Map<String, AttributeValue>> parts(
      Subject subject, long from, long to, boolean forward, int limit) {
    return dynamo
        .query(query ->
            query
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :to")
                .projectionExpression("sk, seq, parts, #at")
                .expressionAttributeNames(Map.of("#at", CommitItem.AT))
                .expressionAttributeValues(
                    Map.of(
                        ":pk", Items.text(subject.partition()),
                        ":from", Items.text(sk(from, 0)),
                        ":to", Items.text(sk(to, LAST_PART))))
                .scanIndexForward(forward)
                .limit(limit))
        .items();
  }

  /** Nothing if a part is missing: half written, or thinned out while it is read. */
  private Optional<S> read(Subject subject, long seq, int parts) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int part = 0; part < parts; part++) {
      Map<String, AttributeValue> item = get(subject, sk(seq, part));
      if (item.isEmpty()) {
        return Optional.empty();
      }
      packed.writeBytes(
          seal.open(
              subject.person(), place(subject, seq, part), Items.bytes(item, CommitItem.DATA)));
    }
    return Optional.of(form.read().apply(unpacked(packed.toByteArray()), subject));
  }

  /** Losing a snapshot costs time only, so no failure of it reaches the caller. */
  void keep(S state) {
    try {
      write(state);
    } catch (SdkException e) {
      LOG.warn("a snapshot at seq {} could not be kept", state.seq(), e);
    }
  }

  private void write(S state) {
    Subject subject = state.subject();
    Map<String, AttributeValue> pointer = get(subject, POINTER);
    byte[] packed = packed(form.write().apply(state));
    int parts = (packed.length + PART - 1) / PART;
    for (int part = parts - 1; part >= 0; part--) {
      byte[] content =
          Arrays.copyOfRange(packed, part * PART, Math.min(packed.length, (part + 1) * PART));
      byte[] sealed = seal.close(subject.person(), place(subject, state.seq(), part), content);
      Map<String, AttributeValue> item =
          new HashMap<>(Items.key(subject.partition(), sk(state.seq(), part)));
      item.put(CommitItem.DATA, Items.bytes(sealed));
      item.put(SEQ, Items.number(state.seq()));
      item.put(PARTS, Items.number(parts));
      item.put(CommitItem.AT, Items.number(state.committedAt().toEpochMilli()));
      dynamo.putItem(put -> put.tableName(table).item(item));
    }
    point(state, parts, pointer.isEmpty() ? 0 : thinned(state, pointer));
  }

  /**
   * Thins the next few checkpoints that are older than a month and older than the one that the
   * pointer is at: of those in one span of seqs the first stays, and for the first span of all the
   * empty state stands. So any past state is at most a span's fold away.
   *
   * @return the seq up to which checkpoints are thinned
   */
  private long thinned(S state, Map<String, AttributeValue> pointer) {
    Subject subject = state.subject();
    long monthAgo = state.committedAt().minus(ALL_KEPT).toEpochMilli();
    long done = pointer.containsKey(THINNED) ? Items.number(pointer, THINNED) : 0;
    long newest = Items.number(pointer, SEQ);
    if (newest - 1 <= done) {
      return done;
    }
    for (Map<String, AttributeValue> part :
        parts(subject, done + 1, newest - 1, true, THINNED_AT_ONCE)) {
      long seq = Items.number(part, SEQ);
      if (seq == done) {
        continue;
      }
      if (!part.containsKey(CommitItem.AT) || Items.number(part, CommitItem.AT) > monthAgo) {
        break;
      }
      if (seq / SPAN == done / SPAN) {
        for (int each = (int) Items.number(part, PARTS) - 1; each >= 0; each--) {
          Map<String, AttributeValue> key = Items.key(subject.partition(), sk(seq, each));
          dynamo.deleteItem(delete -> delete.tableName(table).key(key));
        }
      }
      done = seq;
    }
    return done;
  }

  /** Forward only: a slow writer does not lead readers back. */
  private void point(S state, int parts, long thinned) {
    Map<String, AttributeValue> pointer =
        new HashMap<>(Items.key(state.subject().partition(), POINTER));
    pointer.put(SEQ, Items.number(state.seq()));
    pointer.put(PARTS, Items.number(parts));
    pointer.put(THINNED, Items.number(thinned));
    pointer.put(CommitItem.AT, Items.number(state.committedAt().toEpochMilli()));
    try {
      dynamo.putItem(put ->
          put.tableName(table)
              .item(pointer)
              .conditionExpression("attribute_not_exists(sk) OR seq < :seq")
              .expressionAttributeValues(Map.of(":seq", Items.number(state.seq()))));
    } catch (ConditionalCheckFailedException newerIsThere) {
      // the reader is served better by that one
    }
  }

  private Map<String, AttributeValue> get(Subject subject, String sk) {
    return dynamo
        .getItem(get ->
            get.tableName(table).key(Items.key(subject.partition(), sk)).consistentRead(true))
        .item();
  }

  private static Seal.Place place(Subject subject, long seq, int part) {
    return new Seal.Place(subject.partition(), sk(seq, part), KIND);
  }

  private static String sk(long seq, int part) {
    return String.format("s#%016d#%03d", seq, part);
  }

  private static byte[] packed(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] unpacked(byte[] packed) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
