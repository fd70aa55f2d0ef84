package dev.microcos.core.domain.id;

import java.util.regex.Pattern;

/** A conversation of a person, by a name of their own: 1 to 64 of {@code a-z 0-9 -}. */
public record ConversationId(String value) implements Id {

  /** The conversation that is meant where none is named. */
  public static final ConversationId MAIN = new ConversationId("main");

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  public ConversationId {
    if (!value.equals("main") && !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("must be 1 to 64 of a-z, 0-9 and -: conversation_id");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
