package dev.microcos.local.services.apigateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an answer of server-sent events holds, read as a browser does:
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation.
 *
 * @param text its whole events; one that is cut off is none
 * @param isEmpty whether there is none
 * @param lastId with which to go on behind them, if it names one; an empty one, which tells a
 *     browser to forget the last, is none here, for all would come again
 * @param retry after how long to ask for what is new, if it says so
 */
record SentEvents(String text, boolean isEmpty, Optional<String> lastId, Optional<Duration> retry) {

  private static final String TYPE = "text/event-stream";

  /** Milliseconds, of eleven days at most. */
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,9}");

  /** Whether an answer consists of events that can be read, as what is compressed cannot. */
  static boolean are(FrontResponse answer) {
    return answer.status() == 200
        && answer.headers().stream()
            .anyMatch(header ->
                header.getKey().equals("content-type") && header.getValue().startsWith(TYPE))
        && answer.headers().stream()
            .noneMatch(header -> header.getKey().equals("content-encoding"));
  }

  static SentEvents read(byte[] body) {
    String all = new String(body, StandardCharsets.UTF_8);
    String lines = all.replace("\r\n", "\n").replace('\r', '\n');
    String text = lines.substring(0, lines.lastIndexOf("\n\n") + 1) + "\n";
    boolean isEmpty = true;
    Optional<String> lastId = Optional.empty();
    Optional<Duration> retry = Optional.empty();
    for (String line : text.split("\n", -1)) {
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String after = colon < 0 ? "" : line.substring(colon + 1);
      String value = after.startsWith(" ") ? after.substring(1) : after;
      switch (field) {
        case "data" -> isEmpty = false;
        case "id" -> {
          if (!value.isEmpty()) {
            lastId = Optional.of(value);
          }
        }
        case "retry" -> {
          if (MILLIS.matcher(value).matches()) {
            retry = Optional.of(Duration.ofMillis(Long.parseLong(value)));
          }
        }
        default -> {}
      }
    }
    return new SentEvents(text, isEmpty, lastId, retry);
  }
}
