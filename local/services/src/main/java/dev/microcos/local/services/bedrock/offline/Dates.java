package dev.microcos.local.services.bedrock.offline;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Days, dates and how far they are. */
final class Dates implements Skill {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final Pattern HOW_FAR =
      Pattern.compile(
          "how (?:many (?:days|weeks)|long|far)\\b.*\\b(?:until|till|til|to|before|since|is"
              + " it)\\b");
  private static final Pattern WHICH_DAY =
      Pattern.compile(
          "\\b(?:what|which) (?:day|date|weekday)\\b|\\bwhat(?:'s| is| was) (?:the"
              + " )?(?:date|day)\\b|\\b(?:today|tomorrow|yesterday)'s date\\b|\\bwhat(?:'s| is)"
              + " today'?s?(?: date| day)?$|^when is (?:the )?(?:next |this )?(?:christmas|new"
              + " year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)");
  private static final Pattern WEEK =
      Pattern.compile("\\b(?:what|which) (?:calendar )?week\\b|week number");
  private static final Pattern TIME =
      Pattern.compile("what(?:'s| is) the time|what time is it|how late is it");

  @Override
  public Optional<String> answer(Conversation conversation) {
    String plain = conversation.plain();
    boolean far = HOW_FAR.matcher(plain).find();
    boolean which = WHICH_DAY.matcher(plain).find();
    boolean week = WEEK.matcher(plain).find();
    boolean time = TIME.matcher(plain).find();
    if (!far && !which && !week && !time) {
      return Optional.empty();
    }
    LocalDate today = conversation.context().today();
    if (today == null) {
      return Optional.of("Nobody told me what day it is, and I have no clock of my own.");
    }
    if (time) {
      return Optional.of(time(conversation.context(), today));
    }
    if (week) {
      return Optional.of("It is week " + today.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) + ".");
    }
    Optional<LocalDate> day = Days.find(plain, today);
    return far
        ? day.map(found -> distance(found, today))
        : Optional.of(which(day.orElse(today), today));
  }

  private static String time(Context context, LocalDate today) {
    return context.time() == null
        ? "I am told the date, not the time: it is " + Days.full(today) + "."
        : "It was "
            + CLOCK.format(context.time())
            + " in "
            + context.zone()
            + " when you asked, on "
            + Days.full(today)
            + ".";
  }

  private static String which(LocalDate day, LocalDate today) {
    if (day.equals(today)) {
      return "Today is " + Days.full(day) + ".";
    }
    String near = Days.near(day, today);
    boolean named = near.equals("tomorrow") || near.equals("yesterday");
    String verb = day.isBefore(today) ? " was " : " is ";
    return named
        ? near.substring(0, 1).toUpperCase(Locale.ROOT)
            + near.substring(1)
            + verb
            + Days.full(day)
            + "."
        : "That" + verb + Days.full(day) + ", " + apart(day, today) + ".";
  }

  private static String distance(LocalDate day, LocalDate today) {
    return day.equals(today) ? "That is today." : Days.full(day) + " is " + apart(day, today) + ".";
  }

  private static String apart(LocalDate day, LocalDate today) {
    long days = ChronoUnit.DAYS.between(today, day);
    String count = TaskQuestions.count(Math.abs(days), "day");
    return days > 0 ? count + " from today" : count + " ago";
  }
}
