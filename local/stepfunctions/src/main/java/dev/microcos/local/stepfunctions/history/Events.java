package dev.microcos.local.stepfunctions.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.microcos.local.stepfunctions.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Events as the entries of a journal: all that were appended at once are one entry. */
public final class Events {

  private static final TypeReference<List<HistoryEvent>> LIST = new TypeReference<>() {};
  private static final ObjectReader READER = Json.MAPPER.readerFor(LIST);
  private static final ObjectWriter WRITER = Json.MAPPER.writerFor(LIST);

  private Events() {}

  /** These events as an entry. */
  public static String entry(List<HistoryEvent> events) {
    try {
      return WRITER.writeValueAsString(events);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("events cannot be written", e);
    }
  }

  /** The events of these entries. */
  public static List<HistoryEvent> events(List<String> entries) {
    List<HistoryEvent> events = new ArrayList<>();
    for (String entry : entries) {
      try {
        List<HistoryEvent> some = READER.readValue(entry);
        events.addAll(some);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("events cannot be read", e);
      }
    }
    return events;
  }
}
