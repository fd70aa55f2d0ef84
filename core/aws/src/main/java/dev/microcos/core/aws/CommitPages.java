package dev.microcos.core.aws;

import dev.microcos.core.domain.id.Subject;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The commits of a log from a sort key on, or from the newest back to it, page by page. */
final class CommitPages implements Iterator<List<Map<String, AttributeValue>>> {

  /** What is read of each commit. */
  enum Part {
    /** All of it. */
    ALL,
    /** Whose it is, when it was written, and the ids of its events. */
    IDS
  }

  private static final Map<String, String> NAMES_OF_IDS =
      Map.of("#last", CommitItem.LAST, "#at", CommitItem.AT, "#owner", CommitItem.OWNER);

  private final DynamoDbClient dynamo;
  private final String table;
  private final Subject subject;
  private final String from;
  private final boolean forward;
  private final int size;
  private final Part part;
  private @Nullable Map<String, AttributeValue> next;
  private boolean begun;

  CommitPages(
      DynamoDbClient dynamo,
      String table,
      Subject subject,
      String from,
      boolean forward,
      int size,
      Part part) {
    this.dynamo = dynamo;
    this.table = table;
    this.subject = subject;
    this.from = from;
    this.forward = forward;
    this.size = size;
    this.part = part;
  }

  @Override
  public boolean hasNext() {
    return !begun || next != null;
  }

  @Override
  public List<Map<String, AttributeValue>> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Map<String, AttributeValue> start = next;
    QueryResponse page =
        dynamo.query(query -> {
          if (part == Part.IDS) {
            query
                .projectionExpression("sk, #last, #at, ids, #owner")
                .expressionAttributeNames(NAMES_OF_IDS);
          }
          query
              .tableName(table)
              .consistentRead(true)
              .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :end")
              .expressionAttributeValues(
                  Map.of(
                      ":pk", Items.text(subject.partition()),
                      ":from", Items.text(from),
                      ":end", Items.text(CommitItem.END)))
              .scanIndexForward(forward)
              .exclusiveStartKey(start)
              .limit(size);
        });
    begun = true;
    next = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    return page.items();
  }
}
