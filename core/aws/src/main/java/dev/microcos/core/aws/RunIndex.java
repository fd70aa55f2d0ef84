package dev.microcos.core.aws;

import dev.microcos.core.application.port.Runs;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The names of a person's runs, in the person's own partition of the log table. A name is written
 * before the first commit of its run, so that no log of a run is ever without one: erasing a person
 * finds them all.
 */
final class RunIndex implements Runs {

  private static final String PREFIX = "r#";

  /** Above every name. */
  private static final String END = "r$";

  private static final int PAGE = 100;

  private final DynamoDbClient dynamo;
  private final String table;

  RunIndex(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /** Writes down the name; a writer who was slower leaves a second one of the same run. */
  void note(PersonRun run, Instant at) {
    String sk = PREFIX + String.format("%013d", at.toEpochMilli()) + "#" + run.run().value();
    dynamo.putItem(put -> put.tableName(table).item(Items.key(run.person().partition(), sk)));
  }

  @Override
  public List<RunId> of(Person person, @Nullable RunId before, int limit) {
    List<RunId> runs = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    boolean reached = before == null;
    Map<String, AttributeValue> next = null;
    do {
      QueryResponse page = page(person, next);
      for (Map<String, AttributeValue> item : page.items()) {
        String run = run(item);
        if (reached && runs.size() < limit && !run.equals(text(before)) && seen.add(run)) {
          runs.add(new RunId(run));
        }
        reached = reached || run.equals(text(before));
      }
      next = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (next != null && runs.size() < limit);
    return runs;
  }

  private QueryResponse page(Person person, @Nullable Map<String, AttributeValue> start) {
    return dynamo.query(query ->
        query
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :end")
            .expressionAttributeValues(
                Map.of(
                    ":pk", Items.text(person.partition()),
                    ":from", Items.text(PREFIX),
                    ":end", Items.text(END)))
            .scanIndexForward(false)
            .exclusiveStartKey(start)
            .limit(PAGE));
  }

  private static String run(Map<String, AttributeValue> item) {
    String sk = Items.text(item, Items.SK);
    return sk.substring(sk.lastIndexOf('#') + 1);
  }

  private static String text(@Nullable RunId run) {
    return run == null ? "" : run.value();
  }
}
