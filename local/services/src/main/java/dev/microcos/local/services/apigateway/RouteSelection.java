package dev.microcos.local.services.apigateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/** The route selection expression {@code $request.body.action}. */
final class RouteSelection {

  static final String DEFAULT = "$default";

  private static final JsonFactory JSON = new JsonFactory();

  private final Set<String> keys;
  private final boolean onlyDefault;

  RouteSelection(Set<String> keys) {
    this.keys = keys;
    this.onlyDefault = keys.stream().allMatch(key -> key.startsWith("$"));
  }

  /**
   * The key of the route for a message; the default one if it is no JSON object or names no route.
   */
  String select(String body) {
    if (onlyDefault) {
      return DEFAULT;
    }
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return DEFAULT;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean action = parser.currentName().equals("action");
        JsonToken value = parser.nextToken();
        if (action && value == JsonToken.VALUE_STRING) {
          String key = parser.getText();
          return keys.contains(key) && !key.startsWith("$") ? key : DEFAULT;
        }
        parser.skipChildren();
      }
      return DEFAULT;
    } catch (IOException e) {
      return DEFAULT; // what is not JSON has no action
    }
  }
}
