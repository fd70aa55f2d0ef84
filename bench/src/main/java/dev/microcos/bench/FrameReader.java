package dev.microcos.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads frames and pages of events without building trees: the client is to cost little. */
final class FrameReader {
  private static final JsonFactory JSON = new JsonFactory();

  private FrameReader() {}

  /** The frame that a WebSocket message holds; fails on what is not a JSON object. */
  static Frame frame(byte[] message) throws IOException {
    String type = "";
    String detail = "";
    String operationId = "";
    String text = "";
    long from = -1;
    long seq = -1;
    long index = -1;
    boolean fetch = false;
    List<Frame.Event> events = List.of();
    try (JsonParser json = JSON.createParser(message)) {
      expect(json.nextToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        switch (name) {
          case "type" -> type = json.getText();
          case "from" -> from = json.getLongValue();
          case "seq" -> seq = json.getLongValue();
          case "index" -> index = json.getLongValue();
          case "operation_id" -> operationId = json.getText();
          case "text" -> text = json.getText();
          case "fetch" -> fetch = value == JsonToken.VALUE_TRUE;
          case "code", "detail" -> detail = detail + " " + json.getText();
          case "events" -> events = events(json);
          default -> json.skipChildren();
        }
      }
      expect(json.currentToken() == JsonToken.END_OBJECT);
    }
    if (fetch) {
      return new Frame.Fetch(seq);
    }
    return switch (type) {
      case "snapshot" -> new Frame.Snapshot(seq);
      case "commit" -> new Frame.Commit(from, seq, events);
      case "llm.token" -> new Frame.Token(operationId, index, text);
      default -> new Frame.Other(type, detail.strip());
    };
  }

  /** The events of a page that {@code GET /v1/events} gave. */
  static List<Frame.Event> page(byte[] body) throws IOException {
    List<Frame.Event> events = List.of();
    try (JsonParser json = JSON.createParser(body)) {
      expect(json.nextToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("events")) {
          events = events(json);
        } else {
          json.skipChildren();
        }
      }
    }
    return events;
  }

  private static List<Frame.Event> events(JsonParser json) throws IOException {
    expect(json.currentToken() == JsonToken.START_ARRAY);
    List<Frame.Event> events = new ArrayList<>(1);
    while (json.nextToken() == JsonToken.START_OBJECT) {
      events.add(event(json));
    }
    return events;
  }

  private static Frame.Event event(JsonParser json) throws IOException {
    long seq = 0;
    String type = "";
    String clientActionId = "";
    String operationId = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "seq" -> seq = json.getLongValue();
        case "type" -> type = json.getText();
        case "client_action_id" -> clientActionId = json.getText();
        case "operation_id" -> operationId = json.getText();
        default -> json.skipChildren();
      }
    }
    return new Frame.Event(seq, type, clientActionId, operationId);
  }

  private static void expect(boolean wellFormed) throws IOException {
    if (!wellFormed) {
      throw new IOException("Not the JSON that contract.md promises.");
    }
  }
}
