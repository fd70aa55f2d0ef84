package dev.microcos.functions.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.Read;
import dev.microcos.core.application.port.People;
import dev.microcos.core.domain.log.UserFact.ScheduleRemoved;
import dev.microcos.core.domain.log.UserFact.ScheduleSet;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.schedule.ScheduleExpression;
import dev.microcos.functions.ingress.CheckedBodies.Check;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
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
    for (KeptSchedule kept : read.state(people.current(call.user())).schedules()) {
      all.set(kept.id(), json(kept));
    }
    return Reply.json(200, out -> out.writeTree(Json.object().set("schedules", all)));
  }

  Reply schedule(Call call, String name) {
    KeptSchedule kept = read.state(people.current(call.user())).schedules().get(name);
    if (kept == null) {
      throw Problem.notFound("schedule of this name");
    }
    return Reply.json(200, out -> out.writeTree(json(kept)));
  }

  Reply set(Call call, String name) {
    if (!NAME.matcher(name).matches()) {
      throw Problem.invalid("/name", "is of small letters, digits and dashes, 64 at most");
    }
    ObjectNode body =
        BODIES.checked(
            call,
            "put-schedule",
            new Check("/time_zone", Timetable::zoneFault),
            new Check("/expression", this::expressionFault));
    JsonNode input = body.has("input") ? body.path("input") : Json.object();
    Catalog.check(catalog.find(body.path("workflow").asText()), input);
    Schedule schedule =
        new Schedule(
            name,
            body.path("expression").asText(),
            zone(body).orElseThrow().getId(),
            body.path("workflow").asText(),
            DocumentJson.of(input),
            isEnabled(body));
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

  private static Optional<String> zoneFault(ObjectNode body) {
    return zone(body).isPresent()
        ? Optional.empty()
        : Optional.of("is no name of the IANA time zone database");
  }

  /**
   * One that is off may be over: it starts nothing, and whoever keeps it can still turn it off. So
   * may one be of which nobody knows when it is, for want of a time zone.
   */
  private Optional<String> expressionFault(ObjectNode body) {
    Optional<ZoneId> known = zone(body);
    ZoneId zone = known.orElse(ZoneOffset.UTC);
    Instant now = clock.instant();
    ScheduleExpression times;
    try {
      times = ScheduleExpression.parse(body.path("expression").asText(), zone.getId(), now);
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    if (known.isEmpty() || !isEnabled(body) || times.after(now).isPresent()) {
      return Optional.empty();
    }
    LocalDateTime wall = LocalDateTime.ofInstant(now, zone).truncatedTo(ChronoUnit.SECONDS);
    return Optional.of(
        "is over: its time never comes again, since it is now " + wall + " in " + zone.getId());
  }

  private static boolean isEnabled(ObjectNode body) {
    return body.path("enabled").asBoolean(true);
  }

  private static Optional<ZoneId> zone(ObjectNode body) {
    try {
      return Optional.of(ZoneId.of(body.path("time_zone").asText("UTC")));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private ObjectNode json(KeptSchedule kept) {
    Schedule schedule = kept.schedule();
    ObjectNode json =
        Json.object()
            .put("expression", schedule.expression())
            .put("time_zone", schedule.timeZone())
            .put("workflow", schedule.workflow());
    json.set("input", DocumentJson.tree(schedule.input()));
    json.put("enabled", schedule.enabled());
    ArrayNode next = json.putArray("next");
    if (schedule.enabled()) {
      ScheduleExpression.of(kept)
          .next(clock.instant(), SHOWN)
          .forEach(time -> next.add(Json.instant(time)));
    }
    return json;
  }
}
