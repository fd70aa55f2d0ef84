package dev.microcos.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one person has posted and what of it was acknowledged, to be held against the log. Threads
 * may write it side by side.
 */
final class Ledger {
  private static final int PAGE = 200;
  private static final int MOST_PAGES = 10_000;
  private static final ObjectMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private final String sub;
  private final Map<String, Boolean> acknowledgedById = new ConcurrentHashMap<>();

  /** The empty ledger of the person with that sub. */
  Ledger(String sub) {
    this.sub = sub;
  }

  String sub() {
    return sub;
  }

  void posting(String clientActionId) {
    acknowledgedById.put(clientActionId, false);
  }

  void acknowledged(String clientActionId) {
    acknowledgedById.put(clientActionId, true);
  }

  int posted() {
    return acknowledgedById.size();
  }

  /** The ids of what was posted, with or without an acknowledgement. */
  List<String> ids(boolean acknowledged) {
    return acknowledgedById.entrySet().stream()
        .filter(entry -> entry.getValue() == acknowledged)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Everything in the log, page by page; fails unless the seqs run from 1 without a gap. */
  static List<Frame.Event> log(HttpConnection connection, Endpoint endpoint, String token)
      throws IOException {
    List<Frame.Event> log = new ArrayList<>();
    for (int page = 0; page < MOST_PAGES; page++) {
      String path = "/v1/events?limit=" + PAGE + "&after=" + log.size();
      HttpReply reply =
          connection.send(HttpConnection.request("GET", endpoint.base(), path, token, null));
      Endpoint.json(reply, 200);
      List<Frame.Event> events = FrameReader.page(reply.body());
      if (events.isEmpty()) {
        return log;
      }
      for (Frame.Event event : events) {
        if (event.seq() != log.size() + 1) {
          throw new IOException("Event " + event.seq() + " follows " + log.size());
        }
        log.add(event);
      }
    }
    throw new IOException("A log of more than " + MOST_PAGES + " pages.");
  }

  /** How many acknowledged messages the log lacks. */
  long missing(List<Frame.Event> log) {
    Set<String> there = new HashSet<>();
    log.forEach(event -> there.add(event.clientActionId()));
    return ids(true).stream().filter(id -> !there.contains(id)).count();
  }

  /** Fails unless the log holds each message once at most, and none that was never posted. */
  void check(List<Frame.Event> log) throws IOException {
    Set<String> seen = new HashSet<>();
    for (Frame.Event event : log) {
      if (!event.type().equals("task.created")) {
        throw new IOException(sub + " has an event that was never posted: " + event);
      }
      if (!acknowledgedById.containsKey(event.clientActionId())) {
        throw new IOException(sub + " never posted " + event);
      }
      if (!seen.add(event.clientActionId())) {
        throw new IOException(sub + " has twice " + event);
      }
    }
  }

  /**
   * The hash of a {@code GET /v1/state}, after computing it again from the state itself. Good for
   * states of strings and whole numbers, where sorted keys are all that RFC 8785 asks of Jackson.
   */
  static String hash(JsonNode reply) throws IOException {
    String told = reply.path("hash").asText();
    String computed = sha256(SORTED.writeValueAsString(sorted(reply.path("state"))));
    if (!told.equals(computed)) {
      throw new IOException("The state's hash is " + computed + ", not " + told);
    }
    return told;
  }

  private static Object sorted(JsonNode state) throws JsonProcessingException {
    return SORTED.treeToValue(state, Object.class);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256.", impossible);
    }
  }
}
