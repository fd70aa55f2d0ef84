package dev.microcos.local.services.bedrock.model;

import dev.microcos.local.services.bedrock.model.BedrockFault.Kind;
import dev.microcos.local.services.bedrock.model.ModelFaults.Scripted;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that fails on demand. Switched at run time; calls are counted from the last switch. */
public final class FaultSwitch implements ModelBackend {

  private final ModelBackend model;
  private volatile Setting setting = new Setting(ModelFaults.NONE);

  /** A switch before {@code model}, with nothing going wrong. */
  public FaultSwitch(ModelBackend model) {
    this.model = model;
  }

  /** Lets this go wrong from the next call on; a silence ends at once when it is switched off. */
  public void set(ModelFaults faults) {
    setting = new Setting(faults);
  }

  /** What goes wrong now. */
  public ModelFaults current() {
    return setting.faults;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public ModelStream open(Prompt prompt, Delivery delivery)
      throws BedrockFault, InterruptedException {
    Setting now = setting;
    int call = now.calls.getAndIncrement() - now.faults.failFirst();
    if (call < 0) {
      throw new BedrockFault(
          Kind.THROTTLING, "Too many requests, please wait before trying again.");
    }
    ModelStream answer =
        now.faults.script().isEmpty()
            ? model.open(prompt, delivery)
            : scripted(prompt, now.faults, call);
    return now.faults.equals(ModelFaults.NONE) ? answer : new Faulty(answer, now.faults);
  }

  private static ModelStream scripted(Prompt prompt, ModelFaults faults, int call) {
    int index = Math.min(call, faults.script().size() - 1);
    return switch (faults.script().get(index)) {
      case Scripted.Text(String text) -> PreparedStream.text(prompt, text, Pace.AT_ONCE);
      case Scripted.ToolCall(String name, String input) ->
          PreparedStream.toolCall(prompt, "tooluse_script" + call, name, input, Pace.AT_ONCE);
    };
  }

  /** What goes wrong, and how many calls there were since it does. */
  private record Setting(ModelFaults faults, AtomicInteger calls) {
    Setting(ModelFaults faults) {
      this(faults, new AtomicInteger());
    }
  }

  /** An answer that is late, cut or silent. */
  private final class Faulty implements ModelStream {
    private final ModelStream answer;
    private final ModelFaults faults;
    private final PacedReader reader;

    Faulty(ModelStream answer, ModelFaults faults) {
      this.answer = answer;
      this.faults = faults;
      Duration delay = Duration.ofMillis(faults.delayMillis());
      this.reader = new PacedReader(new Pace(delay, delay));
    }

    @Override
    public Part next(Duration patience) throws BedrockFault, InterruptedException {
      if (faults.silent() && setting.faults.silent()) {
        TimeUnit.NANOSECONDS.sleep(patience.toNanos());
        return new Part.Quiet();
      }
      if (faults.cutAfter().isPresent() && reader.index() >= faults.cutAfter().getAsInt()) {
        return new Part.Cut();
      }
      if (!reader.awaitDue(patience)) {
        return new Part.Quiet();
      }
      Part part = answer.next(patience);
      if (part instanceof Part.Text) {
        reader.advance();
      }
      return part;
    }

    @Override
    public void close() {
      answer.close();
    }
  }
}
