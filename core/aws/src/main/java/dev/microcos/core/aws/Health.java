package dev.microcos.core.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Whether what every request needs is there. */
public final class Health {

  private final Clients clients;
  private final Host host;

  Health(Clients clients, Host host) {
    this.clients = clients;
    this.host = host;
  }

  /** The names of what is down; empty if all is well. */
  public List<String> down() {
    List<String> down = new ArrayList<>();
    check("log", () -> get("LOG_TABLE", Items.key("health", "health")), down);
    check("keys", () -> get("KEYS_TABLE", Map.of(Items.PK, Items.text("health"))), down);
    check("inbox", this::inbox, down);
    return down;
  }

  private static void check(String name, Runnable call, List<String> down) {
    try {
      call.run();
    } catch (SdkException e) {
      down.add(name);
    }
  }

  /** Asks for an item that is not there. */
  private void get(String table, Map<String, AttributeValue> key) {
    clients.dynamo().getItem(get -> get.tableName(host.require(table)).key(key));
  }

  private void inbox() {
    clients
        .sqs()
        .getQueueAttributes(get ->
            get.queueUrl(host.require("INBOX_QUEUE_URL"))
                .attributeNames(QueueAttributeName.QUEUE_ARN));
  }
}
