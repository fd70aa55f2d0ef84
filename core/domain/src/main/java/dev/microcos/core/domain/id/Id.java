package dev.microcos.core.domain.id;

import java.util.UUID;

/** An identity as it is written: {@code <prefix>_<uuid>}, but for the few that say otherwise. */
public sealed interface Id
    permits CalendarEventId,
        ClientActionId,
        ConversationId,
        EventId,
        InputId,
        OperationId,
        RequestId,
        RunId,
        StepId,
        TaskId,
        UserId {

  /** The identity as text, as it stands in JSON. */
  String value();

  /** The UUID behind the prefix. */
  default UUID uuid() {
    return UUID.fromString(value().substring(value().indexOf('_') + 1));
  }

  /**
   * Checks that {@code value} is {@code prefix}, an underscore and a UUID in lower case.
   *
   * @throws IllegalArgumentException if it is not
   */
  static void check(String prefix, String value) {
    int start = prefix.length() + 1;
    boolean good =
        value.length() == start + 36
            && value.startsWith(prefix)
            && value.charAt(start - 1) == '_'
            && isUuid(value, start);
    if (!good) {
      throw new IllegalArgumentException("must look like " + prefix + "_<uuid>: " + shown(value));
    }
  }

  /** Whether a UUID in lower case stands in {@code text} from {@code start} on. */
  static boolean isUuid(String text, int start) {
    for (int i = 0; i < 36; i++) {
      char c = text.charAt(start + i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      if (dash ? c != '-' : !hex) {
        return false;
      }
    }
    return true;
  }

  private static String shown(String value) {
    return value.length() > 60 ? value.substring(0, 60) + "…" : value;
  }
}
