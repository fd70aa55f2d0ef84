package dev.microcos.local.services.bedrock.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the system text tells about the person.
 *
 * @param today the person's date, or null if not told
 * @param time the time of day there, or null if not told
 * @param zone the person's time zone; UTC if not told
 * @param tasks all tasks told, in the order of {@link Task#BY_URGENCY}
 * @param preferences an object, empty if not told
 */
record Context(
    @Nullable LocalDate today,
    @Nullable LocalTime time,
    ZoneId zone,
    List<Task> tasks,
    JsonNode preferences) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The context in the first fence that holds a JSON object; an empty one if there is none. */
  static Context in(List<String> system) {
    JsonNode found = JsonNodeFactory.instance.objectNode();
    StringBuilder fenced = new StringBuilder();
    boolean inside = false;
    for (String line : system.stream().flatMap(String::lines).toList()) {
      switch (line.strip()) {
        case "<<<context" -> inside = true;
        case "context>>>" -> {
          return of(parse(fenced.toString()).orElse(found));
        }
        default -> {
          if (inside) {
            fenced.append(line).append('\n');
          }
        }
      }
    }
    return of(found);
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException unreadable) {
      return Optional.empty();
    }
  }

  private static Context of(JsonNode json) {
    ZoneId zone = zone(json.path("time_zone").asText());
    List<Task> tasks = new ArrayList<>();
    for (JsonNode task : json.path("tasks")) {
      tasks.add(
          new Task(
              task.path("title").asText().replaceAll("\\s+", " ").strip(),
              task.path("status").asText("open"),
              date(task.path("due").asText(), zone),
              task.path("priority").asText("normal")));
    }
    tasks.sort(Task.BY_URGENCY);
    return new Context(
        date(json.path("today").asText(), zone),
        time(json.path("now").asText(), zone),
        zone,
        List.copyOf(tasks),
        json.path("preferences"));
  }

  private static ZoneId zone(String name) {
    try {
      return name.isBlank() ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException unknown) {
      return ZoneOffset.UTC;
    }
  }

  /** The day of a date or an instant in this zone, or null if the text is neither. */
  private static @Nullable LocalDate date(String text, ZoneId zone) {
    try {
      if (text.length() <= 10) {
        return text.isEmpty() ? null : LocalDate.parse(text);
      }
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return LocalDate.ofInstant(instant, zone);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  private static @Nullable LocalTime time(String instant, ZoneId zone) {
    try {
      return instant.isEmpty() ? null : LocalTime.ofInstant(Instant.parse(instant), zone);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  /** The tasks that are still to do. */
  List<Task> open() {
    return tasks.stream().filter(Task::isOpen).toList();
  }

  /** The tasks of this status. */
  List<Task> withStatus(String status) {
    return tasks.stream().filter(task -> task.status().equals(status)).toList();
  }

  /** The hours that the preferences name, as in {@code 09:00 to 17:30}. */
  Optional<String> workHours() {
    JsonNode hours = preferences.path("work_hours");
    return hours.hasNonNull("start") && hours.hasNonNull("end")
        ? Optional.of(hours.path("start").asText() + " to " + hours.path("end").asText())
        : Optional.empty();
  }

  /** The tasks' lines as a Markdown list, of which a long one is cut. */
  String list(List<Task> listed) {
    int most = 10;
    String lines =
        listed.stream()
            .limit(most)
            .map(task -> "- " + task.line(today))
            .collect(Collectors.joining("\n"));
    int rest = listed.size() - most;
    return rest > 0 ? lines + "\n\nand " + rest + " more." : lines;
  }
}
