package dev.microcos.functions.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.Read;
import dev.microcos.core.application.port.People;
import dev.microcos.core.domain.log.UserFact.ScheduleRemoved;
import dev.microcos.core.domain.log.UserFact.ScheduleSet;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.schedule.ScheduleExpression;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Workflows that start by the clock. */
record Timetable(
    Acceptance acceptance,
    Catalog catalog,
    Read<UserState> read,
    People people,
    InstantSource clock) {

  private static final CheckedBodies BODIES = new CheckedBodies();
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final int SHOWN = 10;

  Reply list(Call call) {
    ObjectNode all = Json.object();
    for (Schedule schedule : read.state(people.current(call.user())).schedules()) {
      all.set(schedule.name(), json(schedule));
    }
    return Reply.json(200, out -> out.writeTree(Json.object().set("schedules", all)));
  }

  Reply schedule(Call call, String name) {
    Schedule schedule = read.state(people.current(call.user())).schedules().get(name);
    if (schedule == null) {
      throw Problem.notFound("schedule of this name");
    }
    return Reply.json(200, out -> out.writeTree(json(schedule)));
  }

  Reply set(Call call, String name) {
    if (!NAME.matcher(name).matches()) {
      throw Problem.invalid("/name", "is of small letters, digits and dashes, 64 at most");
    }
    ObjectNode body = BODIES.checked(call, "put-schedule");
    JsonNode input = body.has("input") ? body.path("input") : Json.object();
    String timeZone = zone(body.path("time_zone").asText("UTC"));
    String expression = body.path("expression").asText();
    boolean enabled = body.path("enabled").asBoolean(true);
    check(expression, timeZone, enabled);
    Catalog.check(catalog.find(body.path("workflow").asText()), input);
    Schedule schedule =
        new Schedule(
            name,
            expression,
            timeZone,
            body.path("workflow").asText(),
            DocumentJson.of(input),
            enabled);
    return acceptance.reply(
        call, acceptance.write(call, body, null, _ -> new ScheduleSet(schedule)));
  }

  Reply remove(Call call, String name) {
    ObjectNode body = BODIES.checked(call, "empty");
    if (!NAME.matcher(name).matches()) {
      throw Problem.notFound("schedule of this name");
    }
    return acceptance.reply(
        call, acceptance.write(call, body, null, _ -> new ScheduleRemoved(name)));
  }

  /** One that is off may be over: it starts nothing, and whoever keeps it can still turn it off. */
  private void check(String expression, String timeZone, boolean enabled) {
    Instant now = clock.instant();
    ScheduleExpression times;
    try {
      times = ScheduleExpression.parse(expression, timeZone, now);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("/expression", String.valueOf(e.getMessage()));
    }
    if (enabled && times.after(now).isEmpty()) {
      LocalDateTime wall = LocalDateTime.ofInstant(now, ZoneId.of(timeZone));
      throw Problem.invalid(
          "/expression",
          "is over: its time never comes again, since it is now %s in %s"
              .formatted(wall.truncatedTo(ChronoUnit.SECONDS), timeZone));
    }
  }

  private static String zone(String name) {
    try {
      return ZoneId.of(name).getId();
    } catch (DateTimeException e) {
      throw Problem.invalid("/time_zone", "is no name of the IANA time zone database");
    }
  }

  private ObjectNode json(Schedule schedule) {
    ObjectNode json =
        Json.object()
            .put("expression", schedule.expression())
            .put("time_zone", schedule.timeZone())
            .put("workflow", schedule.workflow());
    json.set("input", DocumentJson.tree(schedule.input()));
    json.put("enabled", schedule.enabled());
    ArrayNode next = json.putArray("next");
    if (schedule.enabled()) {
      Instant now = clock.instant();
      ScheduleExpression.parse(schedule.expression(), schedule.timeZone(), now)
          .next(now, SHOWN)
          .forEach(time -> next.add(Json.instant(time)));
    }
    return json;
  }
}
