package dev.microcos.core.domain.id;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A step of a run: {@code step_} and the base32 hash of where and when it was entered. */
public record StepId(String value) implements Id {

  private static final Pattern FORM = Pattern.compile("step_[a-z2-7]{26}");

  public StepId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("must look like step_<26 of base32>");
    }
  }

  /**
   * The step that an execution does where and when it enters a state; the same for each attempt.
   *
   * @param execution the execution's ARN
   * @param state the state's name
   * @param entered when the state was entered, as the execution's context says it
   * @param index which item of a Map, or branch of a Parallel; null outside of them
   */
  public static StepId of(String execution, String state, String entered, @Nullable Integer index) {
    String item = index == null ? "" : index.toString();
    return new StepId("step_" + Digest.base32(execution, state, entered, item));
  }

  @Override
  public String toString() {
    return value;
  }
}
