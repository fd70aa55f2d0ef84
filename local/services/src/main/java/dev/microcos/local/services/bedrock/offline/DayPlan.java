package dev.microcos.local.services.bedrock.offline;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Suggests an order for the day: what is overdue, then due today, important, and due soon. */
final class DayPlan implements Skill {

  private static final int MOST = 5;
  private static final Pattern ASKED =
      Pattern.compile(
          "\\bplan\\b.{0,20}\\b(?:day|today|morning|afternoon|tasks|work)\\b|^(?:help me )?plan$"
              + "|\\b(?:organi[sz]e|structure|arrange|order|prioriti[sz]e) (?:my|the|today)"
              + "|what (?:should|shall|could|do) i (?:focus|work) on|what should i do today"
              + "|what does my day look like|how (?:does|is) my day|\\bdaily plan\\b");

  @Override
  public Optional<String> answer(Conversation conversation) {
    return ASKED.matcher(conversation.plain()).find()
        ? Optional.of(plan(conversation.context()))
        : Optional.empty();
  }

  private static String plan(Context context) {
    List<Task> open = context.open();
    LocalDate today = context.today();
    if (open.isEmpty()) {
      return "Your list is empty, so the day is yours.";
    }
    List<Task> chosen = chosen(open, today);
    StringBuilder plan = new StringBuilder("Here is a calm order");
    if (today != null) {
      plan.append(" for ").append(Days.full(today));
    }
    plan.append(":\n\n");
    for (int i = 0; i < chosen.size(); i++) {
      plan.append(i + 1).append(". ").append(chosen.get(i).line(today)).append('\n');
    }
    int rest = open.size() - chosen.size();
    if (rest > 0) {
      plan.append("\nThe other ")
          .append(rest == 1 ? "one" : rest)
          .append(" can wait for another day.");
    }
    context
        .workHours()
        .ifPresent(hours ->
            plan.append("\nYou work from ")
                .append(hours)
                .append("; take the first one while the day is fresh."));
    return plan.toString().strip();
  }

  private static List<Task> chosen(List<Task> open, @Nullable LocalDate today) {
    List<Predicate<Task>> steps =
        List.of(
            task -> task.isOverdue(today),
            task -> task.isDueOn(today),
            Task::isHigh,
            task -> today != null && task.due() != null && task.due().isBefore(today.plusDays(4)));
    Set<Task> chosen = new LinkedHashSet<>();
    steps.forEach(step -> open.stream().filter(step).forEach(chosen::add));
    if (chosen.isEmpty()) {
      chosen.addAll(open);
    }
    return chosen.stream().limit(MOST).toList();
  }
}
