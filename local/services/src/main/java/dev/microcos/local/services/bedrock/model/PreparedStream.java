package dev.microcos.local.services.bedrock.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An answer that is known in full when it begins, told at a pace. */
public final class PreparedStream implements ModelStream {

  private final List<Part> parts;
  private final PacedReader reader;

  private PreparedStream(List<Part> parts, Pace pace) {
    this.parts = List.copyOf(parts);
    this.reader = new PacedReader(pace);
  }

  /** Tells {@code text}, as far as the prompt's limits let it. */
  public static PreparedStream text(Prompt prompt, String text, Pace pace) {
    StopReason reason = StopReason.END_TURN;
    String told = text;
    for (String stop : prompt.limits().stopSequences()) {
      int at = stop.isEmpty() ? -1 : told.indexOf(stop);
      if (at >= 0) {
        told = told.substring(0, at);
        reason = StopReason.STOP_SEQUENCE;
      }
    }
    List<String> pieces = Pieces.of(told);
    int most = prompt.limits().maxTokens().orElse(Integer.MAX_VALUE);
    if (pieces.size() > most) {
      pieces = pieces.subList(0, most);
      reason = StopReason.MAX_TOKENS;
    }
    List<Part> parts = new ArrayList<>(pieces.stream().map(Part.Text::new).toList());
    parts.add(new Part.End(reason, new Usage(Pieces.estimate(prompt), pieces.size())));
    return new PreparedStream(parts, pace);
  }

  /** Tells these parts, the last of which is the end, at once. */
  public static PreparedStream of(List<Part> parts) {
    return new PreparedStream(parts, Pace.AT_ONCE);
  }

  /** Asks for one tool call. */
  public static PreparedStream toolCall(
      Prompt prompt, String id, String name, String inputJson, Pace pace) {
    Usage usage = new Usage(Pieces.estimate(prompt), Pieces.of(inputJson).size());
    return new PreparedStream(
        List.of(
            new Part.ToolCall(id, name),
            new Part.ToolInput(inputJson),
            new Part.End(StopReason.TOOL_USE, usage)),
        pace);
  }

  @Override
  public Part next(Duration patience) throws InterruptedException {
    int index = reader.index();
    boolean last = index == parts.size() - 1;
    if (!last && !reader.awaitDue(patience)) {
      return new Part.Quiet();
    }
    reader.advance();
    return parts.get(index);
  }

  @Override
  public void close() {}
}
