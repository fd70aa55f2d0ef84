package dev.microcos.core.domain.user;

import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.log.Rows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What models and tools cost on one day (UTC).
 *
 * @param day the date
 * @param inputTokens tokens read by models
 * @param outputTokens tokens written by models
 * @param modelCalls how many calls of a model
 */
public record Usage(String day, long inputTokens, long outputTokens, int modelCalls)
    implements Row {

  /** How many days the state keeps. */
  static final int DAYS_KEPT = 31;

  @Override
  public String id() {
    return day;
  }

  static Rows<Usage> counted(Rows<Usage> days, TokenUse use, Instant at) {
    if (use.total() == 0) {
      return days;
    }
    String day = dayOf(at);
    Usage was = days.get(day);
    Usage now =
        was == null
            ? new Usage(day, use.input(), use.output(), 1)
            : new Usage(
                day,
                was.inputTokens + use.input(),
                was.outputTokens + use.output(),
                was.modelCalls + 1);
    Rows<Usage> next = days.with(now);
    return next.size() > DAYS_KEPT ? next.without(next.list().getFirst().day()) : next;
  }

  static long tokensOn(Rows<Usage> days, Instant at) {
    Usage usage = days.get(dayOf(at));
    return usage == null ? 0 : usage.inputTokens + usage.outputTokens;
  }

  static Instant nextDay(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC)
        .plusDays(1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  private static String dayOf(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
  }
}
