package dev.microcos.core.wire.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.Schedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When something is due, as EventBridge Scheduler writes it (User Guide, "Schedule types"): {@code
 * cron(…)} with six fields, {@code rate(…)} or {@code at(…)}, in a time zone. Where clocks go
 * forward, what falls into the gap is left out; where they go back, it is due once.
 */
public sealed interface ScheduleExpression {

  /** The first time after {@code instant} that it is due, if there is one. */
  Optional<Instant> after(Instant instant);

  /** The next times after {@code instant}, at most {@code count}. */
  default List<Instant> next(Instant instant, int count) {
    List<Instant> times = new ArrayList<>();
    Optional<Instant> time = after(instant);
    while (time.isPresent() && times.size() < count) {
      times.add(time.get());
      time = after(time.get());
    }
    return List.copyOf(times);
  }

  /**
   * Reads the expression of a person's schedule; a rate counts from the time since which it holds.
   *
   * @throws IllegalArgumentException saying in words for people what is wrong with it
   */
  static ScheduleExpression of(KeptSchedule kept) {
    Schedule schedule = kept.schedule();
    return parse(schedule.expression(), schedule.timeZone(), kept.since());
  }

  /**
   * Reads an expression.
   *
   * @param start what a rate counts from; whole minutes of it, as Scheduler does
   * @throws IllegalArgumentException saying in words for people what is wrong with it
   */
  static ScheduleExpression parse(String expression, String timeZone, Instant start) {
    ZoneId zone = zone(timeZone);
    Matcher matcher = Syntax.EXPRESSION.matcher(expression.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be cron(minutes hours day month weekday year), rate(5 minutes) or"
              + " at(2027-01-31T09:00:00)");
    }
    String inner = matcher.group(2).strip();
    return switch (matcher.group(1)) {
      case "cron" -> new Recurring(Syntax.cron(inner), zone);
      case "rate" -> new Rate(Syntax.rate(inner), start.truncatedTo(ChronoUnit.MINUTES));
      default -> new Once(Syntax.at(inner, zone));
    };
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no time zone " + name, e);
    }
  }

  /** {@code cron(…)}. */
  record Recurring(Cron cron, ZoneId zone) implements ScheduleExpression {

    /** Reckoned on the clock of the wall, since what to do with gaps is AWS's rule, not cron's. */
    @Override
    public Optional<Instant> after(Instant instant) {
      ExecutionTime times = ExecutionTime.forCron(cron);
      LocalDateTime wall = LocalDateTime.ofInstant(instant, zone);
      while (true) {
        Optional<ZonedDateTime> next = times.nextExecution(wall.atZone(ZoneOffset.UTC));
        if (next.isEmpty()) {
          return Optional.empty();
        }
        wall = next.get().toLocalDateTime();
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(wall);
        if (!offsets.isEmpty()) {
          Instant due = wall.toInstant(offsets.getFirst());
          if (due.isAfter(instant)) {
            return Optional.of(due);
          }
        }
      }
    }
  }

  /** {@code rate(…)}: due when its period has passed since its start, and again each time. */
  record Rate(Duration every, Instant start) implements ScheduleExpression {
    @Override
    public Optional<Instant> after(Instant instant) {
      if (instant.isBefore(start)) {
        return Optional.of(start.plus(every));
      }
      long passed = Duration.between(start, instant).dividedBy(every);
      return Optional.of(start.plus(every.multipliedBy(passed + 1)));
    }
  }

  /** {@code at(…)}. */
  record Once(Instant time) implements ScheduleExpression {
    @Override
    public Optional<Instant> after(Instant instant) {
      return time.isAfter(instant) ? Optional.of(time) : Optional.empty();
    }
  }

  /** The three forms as they are written. */
  final class Syntax {
    private static final Pattern EXPRESSION = Pattern.compile("(cron|rate|at)\\((.*)\\)");
    private static final Pattern RATE = Pattern.compile("([1-9]\\d{0,5}) (minute|hour|day)s?");
    private static final CronParser CRON = new CronParser(definition());

    private Syntax() {}

    /** Quartz's fields without its seconds: a week begins on Sunday, the 1. */
    private static CronDefinition definition() {
      return CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ);
    }

    private static Cron cron(String text) {
      String[] fields = text.split("\\s+");
      if (fields.length != 6) {
        throw new IllegalArgumentException(
            "cron(…) has six fields: minutes hours day-of-month month day-of-week year");
      }
      if (fields[2].equals("?") == fields[4].equals("?")) {
        throw new IllegalArgumentException(
            "in cron(…) exactly one of day-of-month and day-of-week is ?");
      }
      try {
        return CRON.parse("0 " + String.join(" ", fields)).validate();
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("cron(" + text + ") is not right: " + e.getMessage(), e);
      }
    }

    private static Duration rate(String text) {
      Matcher matcher = RATE.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("must be like rate(5 minutes), rate(1 day)");
      }
      long count = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "minute" -> Duration.ofMinutes(count);
        case "hour" -> Duration.ofHours(count);
        default -> Duration.ofDays(count);
      };
    }

    private static Instant at(String text, ZoneId zone) {
      try {
        return LocalDateTime.parse(text).atZone(zone).toInstant();
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("must be like at(2027-01-31T09:00:00)", e);
      }
    }
  }
}
