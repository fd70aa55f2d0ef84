package dev.microcos.core.wire.workflow;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that somebody may have meant. */
public final class Near {
  private static final int MOST = 3;

  private Near() {}

  /**
   * At most three names that are near to {@code name}, the nearest first: such that contain it or
   * begin it, or can be made of it by few changes of a letter.
   */
  public static List<String> names(String name, Collection<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int reach = Math.max(2, wanted.length() / 3);
    return known.stream()
        .filter(each -> distance(wanted, each.toLowerCase(Locale.ROOT)) <= reach)
        .sorted(
            Comparator.<String>comparingInt(each -> distance(wanted, each.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  /**
   * As a part of a sentence: {@code there is batch, orchestrate}, the names that are near, or all
   * if none is.
   */
  public static String instead(String name, Collection<String> known) {
    List<String> near = names(name, known);
    return "there is "
        + String.join(", ", near.isEmpty() ? known.stream().sorted().toList() : near);
  }

  /** As a part of a sentence: {@code ; did you mean "batch"?}, or nothing. */
  static String hint(String name, Collection<String> known) {
    List<String> near = names(name, known);
    return near.isEmpty()
        ? "; there are " + known.stream().sorted().toList()
        : "; did you mean \"" + String.join("\" or \"", near) + "\"?";
  }

  private static int distance(String from, String to) {
    if (from.length() > 2 && to.contains(from)) {
      return 1;
    }
    int[] before = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], before[j]) + 1, before[j - 1] + change);
      }
      before = row;
    }
    return before[to.length()];
  }
}
