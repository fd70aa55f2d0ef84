package dev.microcos.core.aws;

import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.IdKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A commit as an item of the log table. */
final class CommitItem {

  static final String KIND = "commit";
  static final String LAST = "last";
  static final String AT = "at";
  static final String IDS = "ids";
  static final String DATA = "data";

  /** The partition of the person whose run it is; of a person's own log the key says it. */
  static final String OWNER = "owner";

  /** Above the sort key of every commit. */
  static final String END = "c$";

  private static final String PREFIX = "c#";
  private static final int DIGITS = 16;

  private CommitItem() {}

  /** The sort key of the commit whose first event has this seq; sorted as the seqs are. */
  static String sk(long firstSeq) {
    String digits = Long.toString(firstSeq);
    return PREFIX + "0".repeat(DIGITS - digits.length()) + digits;
  }

  static Map<String, AttributeValue> of(Commit commit, byte[] sealed) {
    Subject subject = commit.subject();
    IdKey key = IdKey.of(subject);
    ByteBuffer ids = ByteBuffer.allocate(commit.events().size() * Long.BYTES);
    for (Event event : commit.events()) {
      ids.putLong(key.hash(event.envelope().id()));
    }
    Map<String, AttributeValue> item =
        Map.of(
            Items.PK,
            Items.text(subject.partition()),
            Items.SK,
            Items.text(sk(commit.firstSeq())),
            LAST,
            Items.number(commit.lastSeq()),
            AT,
            Items.number(commit.at().toEpochMilli()),
            IDS,
            Items.bytes(ids.array()),
            DATA,
            Items.bytes(sealed));
    if (subject instanceof PersonRun) {
      Map<String, AttributeValue> ofRun = new HashMap<>(item);
      ofRun.put(OWNER, Items.text(commit.person().partition()));
      return ofRun;
    }
    return item;
  }

  /** Whether the commit is of this person's: what is of somebody else is as if it were not. */
  static boolean isOf(Map<String, AttributeValue> item, Subject subject) {
    AttributeValue owner = item.get(OWNER);
    return owner == null || owner.s().equals(subject.person().partition());
  }

  /** The hashes of its events' ids, in their order. */
  static long[] ids(Map<String, AttributeValue> item) {
    ByteBuffer bytes = ByteBuffer.wrap(Items.bytes(item, IDS));
    long[] ids = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(ids);
    return ids;
  }

  static Instant at(Map<String, AttributeValue> item) {
    return Instant.ofEpochMilli(Items.number(item, AT));
  }
}
