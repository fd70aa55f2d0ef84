package dev.microcos.local.services.bedrock.openai;

import dev.microcos.local.services.bedrock.model.BedrockFault;
import dev.microcos.local.services.bedrock.model.BedrockFault.Kind;
import dev.microcos.local.services.bedrock.model.ModelStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A completion that arrives as server-sent events. A thread of its own reads them, so that waiting
 * for the server never hides that the receiver has left. Closing it hangs up on the server.
 */
final class CompletionStream implements ModelStream {

  /** How long a server may be silent within an answer. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

  private static final int AHEAD = 256;
  private static final Pattern DONE = Pattern.compile("data:\\s*\\[DONE]\\s*");

  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(AHEAD);
  private final Deque<Part> parts = new ArrayDeque<>();
  private final InputStream body;
  private final Completion completion;
  private final Thread reader;
  private long heardAt = System.nanoTime();

  CompletionStream(InputStream body, Completion completion) {
    this.body = body;
    this.completion = completion;
    this.reader = Thread.ofVirtual().name("model-server-reader").start(this::read);
  }

  /** What the reading thread saw. */
  private sealed interface Event {
    /** The data of one event. */
    record Data(String data) implements Event {}

    /** The server ended the answer, with {@code [DONE]} or by hanging up. */
    record Done(boolean said) implements Event {}
  }

  @Override
  public Part next(Duration patience) throws BedrockFault, InterruptedException {
    while (parts.isEmpty()) {
      Event event = events.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (event == null) {
        return quiet();
      }
      heardAt = System.nanoTime();
      switch (event) {
        case Event.Data(String data) -> parts.addAll(completion.chunk(data));
        case Event.Done(boolean said) -> parts.add(end(said));
      }
    }
    return parts.removeFirst();
  }

  private Part quiet() throws BedrockFault {
    if (System.nanoTime() - heardAt > LONGEST_SILENCE.toNanos()) {
      throw new BedrockFault(
          Kind.MODEL_STREAM_ERROR,
          "The model server said nothing for " + LONGEST_SILENCE.toSeconds() + " s.");
    }
    return new Part.Quiet();
  }

  private Part end(boolean said) throws BedrockFault {
    if (!said && !completion.isFinished()) {
      throw new BedrockFault(
          Kind.MODEL_STREAM_ERROR, "The model server broke off before its answer was complete.");
    }
    return completion.end();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && !DONE.matcher(line).matches()) {
        if (line.startsWith("data:")) {
          events.put(new Event.Data(line.substring(5)));
        }
        line = lines.readLine();
      }
      events.put(new Event.Done(line != null));
    } catch (IOException broken) {
      tellBroken();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellBroken() {
    try {
      events.put(new Event.Done(false));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    reader.interrupt();
    try {
      body.close();
    } catch (IOException gone) {
      // The line is down either way.
    }
  }
}
