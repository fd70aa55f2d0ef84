package dev.microcos.core.aws;

import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.IdKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A commit as an item of the log table. */
final class CommitItem {

  static final String KIND = "commit";
  static final String LAST = "last";
  static final String AT = "at";
  static final String IDS = "ids";
  static final String DATA = "data";

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
    return Map.of(
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
  }

  static Instant at(Map<String, AttributeValue> item) {
    return Instant.ofEpochMilli(Items.number(item, AT));
  }
}
