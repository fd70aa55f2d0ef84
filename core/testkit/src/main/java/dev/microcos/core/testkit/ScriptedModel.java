package dev.microcos.core.testkit;

import dev.microcos.core.application.port.Model;
import dev.microcos.core.application.port.ModelFailure;
import dev.microcos.core.application.port.Prompt;
import dev.microcos.core.application.port.TokenStream;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TokenUse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A model that says what the test has written down, call by call. */
public final class ScriptedModel implements Model {

  private final Deque<Call> calls = new ArrayDeque<>();
  private final List<Prompt> prompts = new ArrayList<>();

  private sealed interface Call {
    record Says(List<String> pieces, boolean whole, Runnable between) implements Call {}

    record Fails(ModelFailure failure) implements Call {}
  }

  /** The next call is answered with these pieces. */
  public ScriptedModel says(String... pieces) {
    calls.add(new Call.Says(List.of(pieces), true, () -> {}));
    return this;
  }

  /** The next call is answered with these pieces, and something happens before each. */
  public ScriptedModel says(Runnable between, String... pieces) {
    calls.add(new Call.Says(List.of(pieces), true, between));
    return this;
  }

  /** The next call breaks off after these pieces. */
  public ScriptedModel breaksOffAfter(String... pieces) {
    calls.add(new Call.Says(List.of(pieces), false, () -> {}));
    return this;
  }

  /** The next call does not begin. */
  public ScriptedModel fails(String code, boolean passing) {
    calls.add(new Call.Fails(new ModelFailure(code, "as the test wants it", passing)));
    return this;
  }

  /** What the model was given, call by call. */
  public List<Prompt> prompts() {
    return prompts;
  }

  @Override
  public TokenStream narrate(Prompt prompt) {
    prompts.add(prompt);
    Call call = calls.isEmpty() ? new Call.Says(List.of("ok"), true, () -> {}) : calls.poll();
    return switch (call) {
      case Call.Fails fails -> throw fails.failure();
      case Call.Says says -> new Script(prompt.model(), says);
    };
  }

  @Override
  public String nameOf(String modelId) {
    return modelId;
  }

  private static final class Script implements TokenStream {

    private final String model;
    private final Call.Says says;
    private int next;

    Script(String model, Call.Says says) {
      this.model = model;
      this.says = says;
    }

    @Override
    public Step next(Duration wait) {
      if (Thread.interrupted()) {
        return new Step.Interrupted();
      }
      if (next < says.pieces().size()) {
        says.between().run();
        return new Step.Text(says.pieces().get(next++));
      }
      if (!says.whole()) {
        throw new ModelFailure("cut", "the model's answer broke off", true);
      }
      return new Step.Ended(StopReason.END_TURN, new TokenUse(model, 10, next));
    }

    @Override
    public void close() {}
  }
}
