package dev.microcos.local.services.bedrock.offline;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Days in words, both ways. */
final class Days {

  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter SHORT_WITH_YEAR =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);

  private static final String MONTHS =
      Arrays.stream(Month.values())
          .map(month -> month.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
          .map(name -> name.toLowerCase(Locale.ROOT))
          .collect(Collectors.joining("|"));
  private static final String WEEKDAYS =
      Arrays.stream(DayOfWeek.values())
          .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
          .map(name -> name.toLowerCase(Locale.ROOT))
          .collect(Collectors.joining("|"));
  private static final Pattern ISO = Pattern.compile("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b");
  private static final Pattern DAY_MONTH =
      Pattern.compile("\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (" + MONTHS + ")(?:,? (\\d{4}))?\\b");
  private static final Pattern MONTH_DAY =
      Pattern.compile("\\b(" + MONTHS + ") (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?\\b");
  private static final Pattern WEEKDAY = Pattern.compile("\\b(" + WEEKDAYS + ")\\b");
  private static final Pattern AHEAD =
      Pattern.compile("\\b(?:in )?(\\d{1,4}) (day|week)s?(?: from (?:now|today))?\\b");

  private Days() {}

  /** As in {@code Saturday, 21 November 2026}. */
  static String full(LocalDate day) {
    return LONG.format(day);
  }

  /**
   * As near as it is: {@code today}, {@code tomorrow}, {@code Mon 23 Nov}, with the year if
   * another.
   */
  static String near(LocalDate day, @Nullable LocalDate today) {
    if (today == null) {
      return SHORT_WITH_YEAR.format(day);
    }
    long ahead = ChronoUnit.DAYS.between(today, day);
    if (ahead == 0) {
      return "today";
    }
    if (ahead == 1) {
      return "tomorrow";
    }
    if (ahead == -1) {
      return "yesterday";
    }
    return (day.getYear() == today.getYear() ? SHORT : SHORT_WITH_YEAR).format(day);
  }

  /** The first day that the lower-case text names; without a year, the next such day. */
  static Optional<LocalDate> find(String text, LocalDate today) {
    try {
      return exact(text, today).or(() -> relative(text, today));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> exact(String text, LocalDate today) {
    Matcher iso = ISO.matcher(text);
    if (iso.find()) {
      return Optional.of(LocalDate.parse(iso.group()));
    }
    Matcher dayMonth = DAY_MONTH.matcher(text);
    if (dayMonth.find()) {
      return Optional.of(day(dayMonth.group(2), dayMonth.group(1), dayMonth.group(3), today));
    }
    Matcher monthDay = MONTH_DAY.matcher(text);
    if (monthDay.find()) {
      return Optional.of(day(monthDay.group(1), monthDay.group(2), monthDay.group(3), today));
    }
    return feast(text, today);
  }

  private static Optional<LocalDate> feast(String text, LocalDate today) {
    if (text.contains("christmas")) {
      return Optional.of(next(MonthDay.of(12, text.contains("christmas eve") ? 24 : 25), today));
    }
    if (text.contains("new year")) {
      boolean eve = text.contains("eve");
      return Optional.of(next(eve ? MonthDay.of(12, 31) : MonthDay.of(1, 1), today));
    }
    return Optional.empty();
  }

  private static Optional<LocalDate> relative(String text, LocalDate today) {
    Matcher ahead = AHEAD.matcher(text);
    if (ahead.find()) {
      long count = Long.parseLong(ahead.group(1));
      return Optional.of(today.plusDays(ahead.group(2).equals("week") ? 7 * count : count));
    }
    if (text.contains("day after tomorrow")) {
      return Optional.of(today.plusDays(2));
    }
    if (text.contains("tomorrow")) {
      return Optional.of(today.plusDays(1));
    }
    if (text.contains("yesterday")) {
      return Optional.of(today.minusDays(1));
    }
    if (text.contains("today")) {
      return Optional.of(today);
    }
    Matcher weekday = WEEKDAY.matcher(text);
    return weekday.find()
        ? Optional.of(
            today.with(
                TemporalAdjusters.next(
                    DayOfWeek.valueOf(weekday.group(1).toUpperCase(Locale.ROOT)))))
        : Optional.empty();
  }

  private static LocalDate day(String month, String day, @Nullable String year, LocalDate today) {
    MonthDay monthDay =
        MonthDay.of(Month.valueOf(month.toUpperCase(Locale.ROOT)), Integer.parseInt(day));
    return year == null ? next(monthDay, today) : monthDay.atYear(Integer.parseInt(year));
  }

  private static LocalDate next(MonthDay day, LocalDate today) {
    LocalDate thisYear = day.atYear(today.getYear());
    return thisYear.isBefore(today) ? day.atYear(today.getYear() + 1) : thisYear;
  }
}
