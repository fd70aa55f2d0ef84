package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.port.Model;
import dev.microcos.core.application.port.Prompt;
import dev.microcos.core.application.port.TokenStream;
import dev.microcos.core.testkit.ScriptedModel;
import dev.microcos.core.testkit.TestClock;
import java.time.Duration;
import java.util.Random;

/** A model that answers, stalls, breaks off or refuses, as the seed has it. */
final class SeededModel implements Model {

  private final Random dice;
  private final TestClock clock;
  private final Faults faults;

  SeededModel(Random dice, TestClock clock, Faults faults) {
    this.dice = dice;
    this.clock = clock;
    this.faults = faults;
  }

  @Override
  public TokenStream narrate(Prompt prompt) {
    ScriptedModel script = new ScriptedModel();
    switch (dice.nextInt(10)) {
      case 0 -> script.fails("throttled", true);
      case 1 -> script.fails("refused", false);
      case 2 -> script.breaksOffAfter(pieces());
      default -> script.says(this::between, pieces());
    }
    return script.narrate(prompt);
  }

  @Override
  public String nameOf(String modelId) {
    return modelId;
  }

  private String[] pieces() {
    String[] pieces = new String[dice.nextInt(8)];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = "word " + dice.nextInt(100) + " ";
    }
    return pieces;
  }

  /** Now and then a token is so late that the lease is over before it comes. */
  private void between() {
    boolean late = dice.nextInt(40) == 0;
    clock.advance(Duration.ofMillis(late ? 20_000 : dice.nextInt(400)));
    faults.before("a token", false);
  }
}
