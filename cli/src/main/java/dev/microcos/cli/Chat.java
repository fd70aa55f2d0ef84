package dev.microcos.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A conversation in the terminal; from a pipe, each line is a message. */
@Command(
    name = "chat",
    description = "talk to the chief of staff; Ctrl-C stops an answer, Ctrl-D ends")
final class Chat implements Callable<Integer> {
  private static final String PROMPT = "you> ";

  @Mixin private Common common = new Common();

  @Override
  public Integer call() throws IOException {
    Client client = common.client();
    try (Frames frames = client.frames(0)) {
      return Out.isTerminal() && !common.json() ? terminal(client, frames) : pipe(client, frames);
    }
  }

  private static int terminal(Client client, Frames frames) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
      terminal.writer().println("Ctrl-C stops an answer, Ctrl-D ends.");
      for (Optional<String> text = read(reader); text.isPresent(); text = read(reader)) {
        if (!text.get().isBlank()) {
          answer(client, frames, text.get(), terminal);
        }
      }
    }
    return 0;
  }

  private static void answer(Client client, Frames frames, String text, Terminal terminal) {
    Terminal.@Nullable SignalHandler before = null;
    try {
      Turn turn =
          Turn.say(
              client,
              frames,
              text,
              piece -> {
                terminal.writer().print(piece);
                terminal.writer().flush();
              });
      before = terminal.handle(Terminal.Signal.INT, _ -> turn.cancel());
      turn.follow();
    } catch (Failure failure) {
      if (failure.code() == Failure.UNREACHABLE) {
        throw failure;
      }
      terminal.writer().print("[" + failure.what() + "]");
    } finally {
      if (before != null) {
        terminal.handle(Terminal.Signal.INT, before);
      }
    }
    terminal.writer().println();
    terminal.writer().println();
  }

  /** The next line; nothing at the end. Ctrl-C on an empty prompt begins the line anew. */
  private static Optional<String> read(LineReader reader) {
    while (true) {
      try {
        return Optional.of(reader.readLine(PROMPT));
      } catch (UserInterruptException e) {
        reader.getBuffer().clear();
      } catch (EndOfFileException e) {
        return Optional.empty();
      }
    }
  }

  private int pipe(Client client, Frames frames) throws IOException {
    int code = 0;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String text = in.readLine(); text != null; text = in.readLine()) {
      if (text.isBlank()) {
        continue;
      }
      try {
        Turn turn = Turn.say(client, frames, text, common.json() ? _ -> {} : Out::piece);
        String answer = turn.follow();
        Out.line(
            common.json()
                ? Json.line(
                    Json.object().put("operation_id", turn.operationId()).put("text", answer))
                : "");
      } catch (Failure failure) {
        if (failure.code() == Failure.UNREACHABLE) {
          throw failure;
        }
        Out.line(
            common.json()
                ? Json.line(Json.object().put("error", failure.what()))
                : "[" + failure.what() + "]");
        code = failure.code();
      }
    }
    return code;
  }
}
