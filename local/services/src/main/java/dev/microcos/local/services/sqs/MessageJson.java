package dev.microcos.local.services.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.microcos.local.services.transport.JsonApi;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The maps of a queue and of a message as JSON in the store. */
final class MessageJson {

  private MessageJson() {}

  static String write(Map<String, ?> map) {
    try {
      return JsonApi.MAPPER.writeValueAsString(map);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings is JSON", e);
    }
  }

  static Map<String, String> strings(String json) {
    return read(json, new TypeReference<TreeMap<String, String>>() {});
  }

  static Map<String, MessageAttribute> attributes(@Nullable String json) {
    return json == null
        ? Map.of()
        : read(json, new TypeReference<TreeMap<String, MessageAttribute>>() {});
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JsonApi.MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store holds what is not JSON", e);
    }
  }
}
