package dev.microcos.core.aws;

import dev.microcos.core.application.port.Call;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Calls of models and tools, each an item that is claimed, kept up and closed by conditions. */
final class DynamoOperations implements Operations {

  private static final String MINE = "#status = :running AND attempt = :attempt";
  private static final Map<String, String> STATUS_NAME = Map.of("#status", "status");
  private static final Map<String, String> STATUS_AND_DATA =
      Map.of("#status", "status", "#data", "data");
  private static final Duration KEPT = Duration.ofDays(90);
  private static final String REOPENED_BY = "reopened_by";
  private static final int REOPEN_TRIES = 5;

  private final DynamoDbClient dynamo;
  private final String table;
  private final OperationItem items;

  DynamoOperations(DynamoDbClient dynamo, String table, Seal seal) {
    this.dynamo = dynamo;
    this.table = table;
    this.items = new OperationItem(seal);
  }

  @Override
  public Claim claim(Call call, Instant now, Duration lease) {
    try {
      Map<String, AttributeValue> claimed =
          dynamo
              .updateItem(update ->
                  update
                      .tableName(table)
                      .key(key(call.person(), call.operation()))
                      .updateExpression(
                          "SET #status = :running, lease = :until, started_at = :now, kind ="
                              + " :kind, request_id = :request, expires_at = :expires REMOVE"
                              + " #data ADD attempt :one")
                      .conditionExpression(
                          "attribute_not_exists(sk) OR (#status = :running AND lease < :now)")
                      .expressionAttributeNames(STATUS_AND_DATA)
                      .expressionAttributeValues(
                          Map.of(
                              ":running", Items.text(OperationRow.RUNNING),
                              ":until", Items.number(now.plus(lease).toEpochMilli()),
                              ":now", Items.number(now.toEpochMilli()),
                              ":kind", Items.text(call.kind()),
                              ":request", Items.text(call.request().value()),
                              ":expires", Items.number(now.plus(KEPT).getEpochSecond()),
                              ":one", Items.number(1)))
                      .returnValues(ReturnValue.ALL_NEW)
                      .returnValuesOnConditionCheckFailure(
                          ReturnValuesOnConditionCheckFailure.ALL_OLD))
              .attributes();
      return new Claim.Taken((int) Items.number(claimed, OperationItem.ATTEMPT));
    } catch (ConditionalCheckFailedException refused) {
      Map<String, AttributeValue> row = refused.item();
      return switch (Items.text(row, OperationItem.STATUS)) {
        case OperationRow.RUNNING ->
            new Claim.Held(Instant.ofEpochMilli(Items.number(row, "lease")));
        case OperationRow.CANCELLED -> new Claim.Cancelled();
        default -> new Claim.Done();
      };
    }
  }

  @Override
  public Standing checkpoint(Person person, Progress progress, Instant leaseUntil) {
    byte[] sealed = items.sealed(person, progress.operation(), progress.prompt(), progress.text());
    try {
      dynamo.updateItem(update ->
          update
              .tableName(table)
              .key(key(person, progress.operation()))
              .updateExpression("SET lease = :until, #data = :data")
              .conditionExpression(MINE)
              .expressionAttributeNames(STATUS_AND_DATA)
              .expressionAttributeValues(
                  Map.of(
                      ":until", Items.number(leaseUntil.toEpochMilli()),
                      ":data", Items.bytes(sealed),
                      ":running", Items.text(OperationRow.RUNNING),
                      ":attempt", Items.number(progress.attempt())))
              .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return Standing.OURS;
    } catch (ConditionalCheckFailedException refused) {
      boolean cancelled =
          refused.hasItem()
              && Items.text(refused.item(), OperationItem.STATUS).equals(OperationRow.CANCELLED);
      return cancelled ? Standing.CANCELLED : Standing.TAKEN_OVER;
    }
  }

  @Override
  public void finish(Person person, OperationRow row) {
    Map<String, AttributeValue> item = new HashMap<>(items.of(person, row));
    item.put("expires_at", Items.number(row.startedAt().plus(KEPT).getEpochSecond()));
    try {
      dynamo.putItem(put ->
          put.tableName(table)
              .item(item)
              .conditionExpression("attribute_not_exists(sk) OR attempt = :attempt")
              .expressionAttributeValues(Map.of(":attempt", Items.number(row.attempt()))));
    } catch (ConditionalCheckFailedException takenOver) {
      // a later attempt keeps the account
    }
  }

  @Override
  public void cancel(Person person, OperationId operation, Instant now) {
    try {
      dynamo.updateItem(update ->
          update
              .tableName(table)
              .key(key(person, operation))
              .updateExpression(
                  "SET #status = :cancelled, expires_at = :expires, started_at ="
                      + " if_not_exists(started_at, :now), attempt ="
                      + " if_not_exists(attempt, :none)")
              .conditionExpression("attribute_not_exists(sk) OR #status = :running")
              .expressionAttributeNames(STATUS_NAME)
              .expressionAttributeValues(
                  Map.of(
                      ":cancelled", Items.text(OperationRow.CANCELLED),
                      ":running", Items.text(OperationRow.RUNNING),
                      ":expires", Items.number(now.plus(KEPT).getEpochSecond()),
                      ":now", Items.number(now.toEpochMilli()),
                      ":none", Items.number(0))));
    } catch (ConditionalCheckFailedException over) {
      // it is done; there is nothing to stop
    }
  }

  @Override
  public void reopen(Person person, OperationId operation, int attempt, String effectId) {
    Map<String, AttributeValue> seen = Map.of();
    for (int tries = 1; tries <= REOPEN_TRIES; tries++) {
      if (seen.getOrDefault(REOPENED_BY, Items.text("")).s().equals(effectId)) {
        return;
      }
      try {
        reopen(person, operation, seen, attempt, effectId);
        return;
      } catch (ConditionalCheckFailedException changed) {
        seen = changed.item();
      }
    }
    throw new IllegalStateException("the call is contended");
  }

  /** Who is at the call is at an attempt that the row does not have any more. */
  private void reopen(
      Person person,
      OperationId operation,
      Map<String, AttributeValue> seen,
      int attempt,
      String effectId) {
    String status = seen.isEmpty() ? "" : Items.text(seen, OperationItem.STATUS);
    long before = seen.isEmpty() ? 0 : Items.number(seen, OperationItem.ATTEMPT);
    boolean over = status.equals(OperationRow.COMPLETE) || status.equals(OperationRow.FAILED);
    Map<String, AttributeValue> values =
        new HashMap<>(
            Map.of(
                ":running", Items.text(OperationRow.RUNNING),
                ":over", Items.number(0),
                ":attempt", Items.number(Math.max(over ? before : before + 1, attempt - 1)),
                ":effect", Items.text(effectId)));
    if (!seen.isEmpty()) {
      values.put(":status", Items.text(status));
      values.put(":before", Items.number(before));
    }
    dynamo.updateItem(update ->
        update
            .tableName(table)
            .key(key(person, operation))
            .updateExpression(
                "SET #status = :running, lease = :over, attempt = :attempt, reopened_by = :effect")
            .conditionExpression(
                seen.isEmpty()
                    ? "attribute_not_exists(sk)"
                    : "#status = :status AND attempt = :before")
            .expressionAttributeNames(STATUS_NAME)
            .expressionAttributeValues(values)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
  }

  @Override
  public Optional<OperationRow> find(Person person, OperationId operation) {
    Map<String, AttributeValue> item =
        dynamo
            .getItem(get -> get.tableName(table).key(key(person, operation)).consistentRead(true))
            .item();
    return item == null || item.isEmpty() ? Optional.empty() : Optional.of(items.row(person, item));
  }

  @Override
  public List<OperationRow> list(Person person, int limit) {
    return dynamo
        .query(query ->
            query
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Items.text(person.partition())))
                .scanIndexForward(false)
                .limit(limit))
        .items()
        .stream()
        .map(item -> items.row(person, item))
        .toList();
  }

  private static Map<String, AttributeValue> key(Person person, OperationId operation) {
    return Items.key(person.partition(), operation.value());
  }
}
