package dev.microcos.local.services.sqs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.transport.JsonReply;
import dev.microcos.local.services.transport.JsonRequest;
import dev.microcos.local.services.transport.Refusal;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The entries of a batch request, each with its own answer: a result or an error. */
final class Batch {

  private static final int MOST_ENTRIES = 10;

  private final Map<String, JsonRequest> entries = new LinkedHashMap<>();
  private final Map<String, JsonReply> successful = new LinkedHashMap<>();
  private final Map<String, Refusal> failed = new LinkedHashMap<>();

  /** Checks number and ids of the entries. */
  Batch(JsonRequest request, Set<String> supported) {
    for (JsonNode node : request.list("Entries")) {
      JsonRequest entry = request.part(node);
      entry.allow(supported);
      String id = entry.text("Id").orElse("");
      if (!id.matches("[A-Za-z0-9_-]{1,80}")) {
        throw SqsRefusal.batch(
            "InvalidBatchEntryId",
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores."
                + " It can be at most 80 letters long.");
      }
      if (entries.put(id, entry) != null) {
        throw SqsRefusal.batch("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
      }
    }
    if (entries.isEmpty()) {
      throw SqsRefusal.batch(
          "EmptyBatchRequest", "There should be at least one entry in the request.");
    }
    if (entries.size() > MOST_ENTRIES) {
      throw SqsRefusal.batch(
          "TooManyEntriesInBatchRequest",
          "Maximum number of entries per request are 10. You have sent " + entries.size() + ".");
    }
  }

  Map<String, JsonRequest> entries() {
    return entries;
  }

  void succeeded(String id, JsonReply result) {
    successful.put(id, result);
  }

  void failed(String id, Refusal why) {
    failed.put(id, why);
  }

  JsonReply reply() {
    return json -> {
      json.writeArrayFieldStart("Successful");
      for (Map.Entry<String, JsonReply> entry : successful.entrySet()) {
        json.writeStartObject();
        json.writeStringField("Id", entry.getKey());
        entry.getValue().writeMembers(json);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("Failed");
      for (Map.Entry<String, Refusal> entry : failed.entrySet()) {
        writeFailure(json, entry.getKey(), entry.getValue());
      }
      json.writeEndArray();
    };
  }

  private static void writeFailure(JsonGenerator json, String id, Refusal why) throws IOException {
    json.writeStartObject();
    json.writeStringField("Id", id);
    json.writeBooleanField("SenderFault", true);
    json.writeStringField("Code", why.queryCode().orElse(why.code()));
    json.writeStringField("Message", why.text());
    json.writeEndObject();
  }
}
