package dev.microcos.local.services.bedrock.offline;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers questions about the task list. */
final class TaskQuestions implements Skill {

  private static final String THINGS = "(?:tasks?|to-?dos?|list|things?|items?|anything|something)";
  private static final Pattern COUNT =
      Pattern.compile(
          "\\bhow (?:many|much)\\b.*\\b(?:tasks?|to-?dos?|things|items|open|list|do)\\b");
  private static final Pattern NEXT =
      Pattern.compile(
          "what(?:'s| is| comes) next|\\bnext (?:task|thing|up)\\b|most (?:urgent|important)"
              + "|what should i (?:do|start|tackle|begin)|where (?:do|should) i (?:start|begin)");
  private static final Pattern ABOUT =
      Pattern.compile(
          "\\b"
              + THINGS
              + " (?:about|regarding|with|for|on) (?:the |my )?([\\p{L}\\d][^?]{1,60})$"
              + "|^when is (?:the |my )?(.{2,60}?) due$");
  private static final Pattern LIST =
      Pattern.compile(
          "\\b(?:my|the|all|open|show|list) (?:open |whole |current |task |to-?do"
              + " ){0,4}(?:list|tasks|to-?dos)\\b|^(?:tasks|list|to-?dos?)$|what do i (?:have|need)"
              + " (?:to do|left)|what(?:'s| is) (?:on my plate|open|left|pending)|what (?:do i"
              + " have|have i got|must i do|do i need to do)|\\bi need to do$|what tasks");
  private static final Pattern DAY =
      Pattern.compile(
          "\\b(?:due|have|got|do|"
              + THINGS
              + "|what's|what is|on|for|left|open)\\b.*\\b(today|tomorrow"
              + "|(?:this |next )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))$");

  @Override
  public Optional<String> answer(Conversation conversation) {
    String plain = conversation.plain();
    Context context = conversation.context();
    LocalDate today = context.today();
    Optional<String> narrowed = narrowed(plain, context);
    if (narrowed.isPresent()) {
      return narrowed;
    }
    if (COUNT.matcher(plain).find()) {
      return Optional.of(counted(context));
    }
    if (NEXT.matcher(plain).find()) {
      return Optional.of(next(context));
    }
    Matcher day = DAY.matcher(plain);
    if (day.find() && today != null && isQuestion(plain)) {
      return Days.find(day.group(1), today).map(found -> dueOn(found, context));
    }
    Matcher about = ABOUT.matcher(plain);
    if (about.find()) {
      return Optional.of(about(about.group(1) == null ? about.group(2) : about.group(1), context));
    }
    return LIST.matcher(plain).find() && isQuestion(plain)
        ? Optional.of(listed(context))
        : Optional.empty();
  }

  /** A wish to change the list names it too; that is not for these rules. */
  private static boolean isQuestion(String plain) {
    return !Wishes.isWish(plain);
  }

  private static Optional<String> narrowed(String plain, Context context) {
    LocalDate today = context.today();
    if (Wishes.isWish(plain)) {
      return Optional.empty();
    }
    if (plain.matches(".*\\b(?:overdue|past due|late with|missed)\\b.*")) {
      return Optional.of(
          some(context, "overdue", "Nothing is overdue.", task -> task.isOverdue(today)));
    }
    if (plain.matches(".*\\b(?:high[- ]priority|important|urgent|priorities)\\b.*")
        && !NEXT.matcher(plain).find()) {
      return Optional.of(
          some(
              context,
              "of high priority",
              "Nothing on your list has high priority.",
              Task::isHigh));
    }
    if (plain.matches(".*\\b(?:this week|next (?:7|seven) days|coming days|coming up|soon)$")
        && today != null) {
      return Optional.of(
          some(
              context,
              "due within seven days",
              "Nothing is due within seven days.",
              task -> task.due() != null && task.due().isBefore(today.plusDays(7))));
    }
    if (plain.matches(
        ".*\\b(?:have i (?:done|finished|completed)|did i (?:do|finish|complete|get"
            + " done)|(?:done|completed|finished) (?:tasks|already|so far)|is done)\\b.*")) {
      List<Task> done = context.withStatus("done");
      return Optional.of(
          done.isEmpty()
              ? "Nothing is marked as done yet."
              : "Done: " + count(done.size(), "task") + ".\n\n" + titles(done));
    }
    return Optional.empty();
  }

  private static String some(Context context, String what, String none, Predicate<Task> which) {
    List<Task> found = context.open().stream().filter(which).toList();
    return found.isEmpty()
        ? none
        : (found.size() == 1 ? "One task is " : found.size() + " tasks are ")
            + what
            + ":\n\n"
            + context.list(found);
  }

  private static String dueOn(LocalDate day, Context context) {
    LocalDate today = context.today();
    String when = Days.near(day, today);
    List<Task> due = context.open().stream().filter(task -> task.isDueOn(day)).toList();
    long overdue =
        day.equals(today)
            ? context.open().stream().filter(task -> task.isOverdue(today)).count()
            : 0;
    String also =
        overdue == 0
            ? ""
            : "\n\n"
                + count(overdue, "task")
                + (overdue == 1 ? " is" : " are")
                + " overdue as well.";
    return (due.isEmpty()
            ? "Nothing is due " + when + "."
            : (due.size() == 1 ? "One task is due " : due.size() + " tasks are due ")
                + when
                + ":\n\n"
                + titles(due))
        + also;
  }

  private static String next(Context context) {
    List<Task> open = context.open();
    if (open.isEmpty()) {
      return "Your list is empty. Nothing waits for you.";
    }
    LocalDate today = context.today();
    Task first =
        open.stream()
            .filter(task -> task.isOverdue(today) || task.isDueOn(today))
            .findFirst()
            .or(() -> open.stream().filter(Task::isHigh).findFirst())
            .orElse(open.getFirst());
    String reason = first.reason(today);
    return "Next is **"
        + first.title()
        + "**"
        + (reason.isEmpty()
            ? ". Nothing on your list is more pressing."
            : ", because it is " + reason + ".");
  }

  private static String about(String subject, Context context) {
    List<String> words =
        List.of(
            subject
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\d ]", " ")
                .strip()
                .split("\\s+"));
    List<Task> found =
        context.open().stream()
            .filter(
                task -> words.stream().allMatch(task.title().toLowerCase(Locale.ROOT)::contains))
            .toList();
    return found.isEmpty()
        ? "I find nothing about “" + subject + "” on your list."
        : "On your list:\n\n" + context.list(found);
  }

  private static String listed(Context context) {
    List<Task> open = context.open();
    int proposed = context.withStatus("proposed").size();
    String waiting =
        proposed == 0
            ? ""
            : "\n\n"
                + count(proposed, "proposed task")
                + (proposed == 1 ? " waits" : " wait")
                + " for your yes.";
    return (open.isEmpty()
            ? "Your list is empty. Nothing waits for you."
            : "You have " + count(open.size(), "open task") + ":\n\n" + context.list(open))
        + waiting;
  }

  private static String counted(Context context) {
    List<Task> open = context.open();
    LocalDate today = context.today();
    long overdue = open.stream().filter(task -> task.isOverdue(today)).count();
    long now = open.stream().filter(task -> task.isDueOn(today)).count();
    int done = context.withStatus("done").size();
    return "You have "
        + count(open.size(), "open task")
        + (open.isEmpty()
            ? ""
            : ": "
                + overdue
                + " overdue, "
                + now
                + " due today, "
                + (open.size() - overdue - now)
                + " later or without a day")
        + "."
        + (done > 0 ? " " + count(done, "task") + (done == 1 ? " is" : " are") + " done." : "");
  }

  private static String titles(List<Task> tasks) {
    return String.join(
        "\n",
        tasks.stream()
            .limit(10)
            .map(task -> "- **" + task.title() + "**" + (task.isHigh() ? ", high priority" : ""))
            .toList());
  }

  /** As in {@code 1 open task}, {@code no open tasks}. */
  static String count(long count, String thing) {
    return (count == 0 ? "no" : Long.toString(count)) + " " + thing + (count == 1 ? "" : "s");
  }
}
