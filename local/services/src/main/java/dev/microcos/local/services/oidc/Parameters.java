package dev.microcos.local.services.oidc;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a query string or a form. OAuth wants each once, and an empty one counts as
 * absent.
 */
record Parameters(Map<String, String> values) {

  Parameters {
    values = Map.copyOf(values);
  }

  static Parameters parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!value.isEmpty() && values.putIfAbsent(name, value) != null) {
        throw OAuthRefusal.invalid("a parameter is given twice");
      }
    }
    return new Parameters(values);
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String require(String name) {
    return OAuthRefusal.present(find(name), name);
  }

  /** The words of a space-separated list, such as a scope. */
  static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>(List.of(text.strip().split(" +", -1)));
    words.remove("");
    return words;
  }

  /** The address with these parameters added to its query. */
  static String append(String address, Map<String, String> parameters) {
    StringBuilder out = new StringBuilder(address);
    char separator = address.indexOf('?') < 0 ? '?' : '&';
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      out.append(separator)
          .append(parameter.getKey())
          .append('=')
          .append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
      separator = '&';
    }
    return out.toString();
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw OAuthRefusal.invalid("a parameter is not percent-encoded as it should be");
    }
  }
}
