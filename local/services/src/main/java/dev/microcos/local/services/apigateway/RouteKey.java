package dev.microcos.local.services.apigateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The key of an HTTP API's route: {@code GET /health}, {@code ANY /v1/{proxy+}}, {@code $default}.
 *
 * @param text the key as written
 * @param method HTTP method in upper case, or {@code ANY}
 * @param segments the path's parts: literal, {@code {name}} or, last, {@code {name+}}
 */
public record RouteKey(String text, String method, List<String> segments)
    implements Comparable<RouteKey> {

  /** The route that takes what no other takes. */
  public static final String DEFAULT = "$default";

  private static final String ANY = "ANY";

  public RouteKey {
    segments = List.copyOf(segments);
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException if it is neither {@code $default} nor a method and a path
   */
  public static RouteKey parse(String text) {
    if (text.equals(DEFAULT)) {
      return new RouteKey(text, ANY, List.of());
    }
    int space = text.indexOf(' ');
    if (space < 1 || space + 1 >= text.length() || text.charAt(space + 1) != '/') {
      throw new IllegalArgumentException("not a route key: " + text);
    }
    List<String> segments = split(text.substring(space + 1));
    for (int i = 0; i < segments.size() - 1; i++) {
      if (isGreedy(segments.get(i))) {
        throw new IllegalArgumentException("a greedy variable must come last: " + text);
      }
    }
    return new RouteKey(text, text.substring(0, space).toUpperCase(Locale.ROOT), segments);
  }

  /** The path's parts, without the leading slash. */
  static List<String> split(String path) {
    List<String> parts = new ArrayList<>();
    int from = 1;
    for (int slash = path.indexOf('/', from); slash >= 0; slash = path.indexOf('/', from)) {
      parts.add(path.substring(from, slash));
      from = slash + 1;
    }
    parts.add(path.substring(from));
    return parts;
  }

  /** The path variables if the route takes this request; a greedy one takes one part or more. */
  public Optional<Map<String, String>> match(String requestMethod, List<String> parts) {
    if (!method.equals(ANY) && !method.equals(requestMethod)) {
      return Optional.empty();
    }
    if (text.equals(DEFAULT)) {
      return Optional.of(Map.of());
    }
    boolean greedy = isGreedy(segments.getLast());
    if (greedy ? parts.size() < segments.size() : parts.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (isGreedy(segment)) {
        String rest = String.join("/", parts.subList(i, parts.size()));
        if (rest.isEmpty()) {
          return Optional.empty();
        }
        variables.put(segment.substring(1, segment.length() - 2), rest);
      } else if (isVariable(segment)) {
        if (parts.get(i).isEmpty()) {
          return Optional.empty();
        }
        variables.put(segment.substring(1, segment.length() - 1), parts.get(i));
      } else if (!segment.equals(parts.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }

  /**
   * AWS's precedence, most specific first: a full match, then variables, then a greedy variable,
   * then {@code $default}; of equal paths the one that names its method.
   */
  @Override
  public int compareTo(RouteKey other) {
    int shared = Math.min(segments.size(), other.segments.size());
    for (int i = 0; i < shared; i++) {
      int order = Integer.compare(rank(segments.get(i)), rank(other.segments.get(i)));
      if (order != 0) {
        return order;
      }
    }
    int longerFirst = Integer.compare(other.segments.size(), segments.size());
    int named = Boolean.compare(method.equals(ANY), other.method.equals(ANY));
    return longerFirst != 0 ? longerFirst : named != 0 ? named : text.compareTo(other.text);
  }

  private static int rank(String segment) {
    return isGreedy(segment) ? 2 : isVariable(segment) ? 1 : 0;
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static boolean isGreedy(String segment) {
    return segment.startsWith("{") && segment.endsWith("+}");
  }
}
