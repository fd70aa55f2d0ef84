package dev.microcos.local.services.sqs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.sqs.Deduplication.Sent;
import dev.microcos.local.services.transport.JsonReply;
import dev.microcos.local.services.transport.JsonRequest;
import dev.microcos.local.services.transport.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The operations on messages, from the wire to the queues and back. */
final class MessageOperations {

  private static final Set<String> SEND =
      Set.of(
          "QueueUrl",
          "MessageBody",
          "DelaySeconds",
          "MessageAttributes",
          "MessageSystemAttributes",
          "MessageDeduplicationId",
          "MessageGroupId");
  private static final Set<String> RECEIVE =
      Set.of(
          "QueueUrl",
          "AttributeNames",
          "MessageSystemAttributeNames",
          "MessageAttributeNames",
          "MaxNumberOfMessages",
          "VisibilityTimeout",
          "WaitTimeSeconds");
  private static final Set<String> BATCH = Set.of("QueueUrl", "Entries");

  private final Queues queues;
  private final Sending sending;

  MessageOperations(Queues queues) {
    this.queues = queues;
    this.sending = new Sending(queues);
  }

  JsonReply send(JsonRequest request) {
    request.allow(SEND);
    Queue queue = queue(request);
    Sending.Checked checked = sending.check(queue, request);
    return sent(queue, checked.message(), sending.send(queue, List.of(checked)).getFirst());
  }

  JsonReply sendBatch(JsonRequest request) {
    request.allow(BATCH);
    Queue queue = queue(request);
    Batch batch = new Batch(request, Sending.ENTRY);
    List<String> ids = new ArrayList<>();
    List<Sending.Checked> checked = new ArrayList<>();
    batch
        .entries()
        .forEach((id, entry) -> {
          try {
            checked.add(sending.check(queue, entry));
            ids.add(id);
          } catch (Refusal refusal) {
            batch.failed(id, refusal);
          }
        });
    if (checked.stream().mapToLong(Sending.Checked::bytes).sum() > Sending.MOST_BYTES) {
      throw SqsRefusal.batch(
          "BatchRequestTooLong",
          "Batch requests cannot be longer than " + Sending.MOST_BYTES + " bytes.");
    }
    List<Sent> sent = sending.send(queue, checked);
    for (int i = 0; i < ids.size(); i++) {
      batch.succeeded(ids.get(i), sent(queue, checked.get(i).message(), sent.get(i)));
    }
    return batch.reply();
  }

  private static JsonReply sent(Queue queue, Message message, Sent sent) {
    return json -> {
      json.writeStringField("MessageId", sent.messageId().toString());
      json.writeStringField("MD5OfMessageBody", Md5.of(message.body()));
      if (!message.attributes().isEmpty()) {
        json.writeStringField("MD5OfMessageAttributes", Md5.of(message.attributes()));
      }
      if (queue.settings.fifo()) {
        json.writeStringField("SequenceNumber", Held.sequenceNumber(sent.sequence()));
      }
    };
  }

  JsonReply receive(JsonRequest request) {
    request.allow(RECEIVE);
    Queue queue = queue(request);
    int most = bounded(request.integer("MaxNumberOfMessages"), "MaxNumberOfMessages", 1, 10, 1);
    int visibility =
        bounded(
            request.integer("VisibilityTimeout"),
            "VisibilityTimeout",
            0,
            43_200,
            queue.settings.visibilityTimeoutSeconds());
    int wait =
        bounded(
            request.integer("WaitTimeSeconds"),
            "WaitTimeSeconds",
            0,
            20,
            queue.settings.number("ReceiveMessageWaitTimeSeconds"));
    List<String> system = names(request, "AttributeNames");
    system.addAll(names(request, "MessageSystemAttributeNames"));
    List<String> own = names(request, "MessageAttributeNames");
    try {
      List<ReceivedMessage> received =
          queues.receive(queue, most, TimeUnit.SECONDS.toNanos(wait), visibility);
      return json -> write(json, received, system, own);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return JsonReply.EMPTY;
    }
  }

  private static void write(
      JsonGenerator json, List<ReceivedMessage> received, List<String> system, List<String> own)
      throws IOException {
    if (received.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("Messages");
    for (ReceivedMessage message : received) {
      json.writeStartObject();
      json.writeStringField("MessageId", message.messageId());
      json.writeStringField("ReceiptHandle", message.receiptHandle());
      json.writeStringField("MD5OfBody", message.md5OfBody());
      json.writeStringField("Body", message.body());
      writeSystem(json, message.attributes(), system);
      Map<String, MessageAttribute> selected =
          MessageAttributes.select(message.messageAttributes(), own);
      if (!selected.isEmpty()) {
        json.writeStringField("MD5OfMessageAttributes", Md5.of(selected));
        MessageAttributes.write(json, selected);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeSystem(
      JsonGenerator json, Map<String, String> attributes, List<String> wanted) throws IOException {
    boolean all = wanted.contains("All");
    if (!all && wanted.stream().noneMatch(attributes::containsKey)) {
      return;
    }
    json.writeObjectFieldStart("Attributes");
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      if (all || wanted.contains(attribute.getKey())) {
        json.writeStringField(attribute.getKey(), attribute.getValue());
      }
    }
    json.writeEndObject();
  }

  JsonReply delete(JsonRequest request) {
    request.allow(Set.of("QueueUrl", "ReceiptHandle"));
    Queue queue = queue(request);
    queues.delete(queue, queue.delete(handle(request)).stream().toList());
    return JsonReply.EMPTY;
  }

  JsonReply deleteBatch(JsonRequest request) {
    request.allow(BATCH);
    Queue queue = queue(request);
    Batch batch = new Batch(request, Set.of("Id", "ReceiptHandle"));
    List<Held> deleted = new ArrayList<>();
    batch
        .entries()
        .forEach((id, entry) -> {
          try {
            queue.delete(handle(entry)).ifPresent(deleted::add);
            batch.succeeded(id, JsonReply.EMPTY);
          } catch (Refusal refusal) {
            batch.failed(id, refusal);
          }
        });
    queues.delete(queue, deleted);
    return batch.reply();
  }

  JsonReply changeVisibility(JsonRequest request) {
    request.allow(Set.of("QueueUrl", "ReceiptHandle", "VisibilityTimeout"));
    changeVisibility(queue(request), request);
    return JsonReply.EMPTY;
  }

  JsonReply changeVisibilityBatch(JsonRequest request) {
    request.allow(BATCH);
    Queue queue = queue(request);
    Batch batch = new Batch(request, Set.of("Id", "ReceiptHandle", "VisibilityTimeout"));
    batch
        .entries()
        .forEach((id, entry) -> {
          try {
            changeVisibility(queue, entry);
            batch.succeeded(id, JsonReply.EMPTY);
          } catch (Refusal refusal) {
            batch.failed(id, refusal);
          }
        });
    return batch.reply();
  }

  private static void changeVisibility(Queue queue, JsonRequest entry) {
    JsonNode _ = entry.require("VisibilityTimeout");
    int seconds = bounded(entry.integer("VisibilityTimeout"), "VisibilityTimeout", 0, 43_200, 0);
    queue.changeVisibility(handle(entry), seconds);
  }

  private Queue queue(JsonRequest request) {
    return queues.find(request.requireText("QueueUrl"));
  }

  private static String handle(JsonRequest request) {
    return request.requireText("ReceiptHandle");
  }

  private static List<String> names(JsonRequest request, String member) {
    List<String> names = new ArrayList<>();
    request.list(member).forEach(name -> names.add(name.asText()));
    return names;
  }

  private static int bounded(OptionalInt given, String name, int least, int most, int otherwise) {
    if (given.isEmpty()) {
      return otherwise;
    }
    int value = given.getAsInt();
    if (value < least || value > most) {
      throw SqsRefusal.invalid(
          "Value "
              + value
              + " for parameter "
              + name
              + " is invalid. Reason: Must be >= "
              + least
              + " and <= "
              + most
              + ", if provided.");
    }
    return value;
  }
}
