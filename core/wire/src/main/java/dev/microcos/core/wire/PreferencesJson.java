package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.user.Preferences;
import dev.microcos.core.domain.user.Preferences.WorkHours;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Preferences as JSON; what is not set is left out. */
final class PreferencesJson {

  private PreferencesJson() {}

  static void write(Preferences preferences, JsonGenerator out) throws IOException {
    out.writeStartObject();
    if (preferences.timeZone() != null) {
      out.writeStringField("time_zone", preferences.timeZone());
    }
    WorkHours hours = preferences.workHours();
    if (hours != null) {
      out.writeObjectFieldStart("work_hours");
      out.writeStringField("start", hours.start());
      out.writeStringField("end", hours.end());
      out.writeEndObject();
    }
    scalars(out, "travel", preferences.travel());
    scalars(out, "thresholds", preferences.thresholds());
    scalars(out, "notifications", preferences.notifications());
    out.writeEndObject();
  }

  static Preferences read(JsonNode json) {
    return new Preferences(
        Json.textOrNull(json, "time_zone"),
        hours(json.get("work_hours")),
        scalars(json.path("travel")),
        scalars(json.path("thresholds")),
        scalars(json.path("notifications")));
  }

  private static @Nullable WorkHours hours(@Nullable JsonNode json) {
    return json == null ? null : new WorkHours(Json.text(json, "start"), Json.text(json, "end"));
  }

  private static void scalars(JsonGenerator out, String field, Map<String, Object> values)
      throws IOException {
    if (values.isEmpty()) {
      return;
    }
    out.writeObjectFieldStart(field);
    for (Map.Entry<String, Object> each : new TreeMap<>(values).entrySet()) {
      switch (each.getValue()) {
        case Boolean flag -> out.writeBooleanField(each.getKey(), flag);
        case Long number -> out.writeNumberField(each.getKey(), number);
        case Double number -> out.writeNumberField(each.getKey(), number);
        default -> out.writeStringField(each.getKey(), each.getValue().toString());
      }
    }
    out.writeEndObject();
  }

  private static Map<String, Object> scalars(JsonNode json) {
    Map<String, Object> values = new TreeMap<>();
    json.properties().forEach(each -> values.put(each.getKey(), scalar(each.getValue())));
    return values;
  }

  private static Object scalar(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isIntegralNumber()) {
      return value.longValue();
    }
    return value.isNumber() ? (Object) value.doubleValue() : value.asText();
  }
}
