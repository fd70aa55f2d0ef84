package dev.microcos.local.services.apigateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a query string. */
final class Query {

  private Query() {}

  /** All values by name, in order, decoded. */
  static Map<String, List<String>> parse(String query) {
    if (query.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        all.computeIfAbsent(Percent.decodeQuery(name), ignored -> new ArrayList<>())
            .add(Percent.decodeQuery(value));
      }
    }
    return all;
  }

  /** The values of each name joined by a comma, as payload format 2.0 has them. */
  static Map<String, String> joined(Map<String, List<String>> all) {
    Map<String, String> joined = new LinkedHashMap<>();
    all.forEach((name, values) -> joined.put(name, String.join(",", values)));
    return joined;
  }

  /** The last value of each name, as WebSocket events have them. */
  static Map<String, String> last(Map<String, List<String>> all) {
    Map<String, String> last = new LinkedHashMap<>();
    all.forEach((name, values) -> last.put(name, values.getLast()));
    return last;
  }
}
