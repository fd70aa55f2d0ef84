package dev.microcos.core.aws;

import dev.microcos.core.application.port.ModelFailure;
import dev.microcos.core.application.port.TokenStream;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TokenUse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler.Visitor;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/**
 * An answer of {@code ConverseStream}, as a queue that the SDK fills and the assistant empties. A
 * stream that ends without {@code messageStop} was cut, though the SDK calls it a success.
 */
final class BedrockStream implements TokenStream {

  private final String model;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private @Nullable CompletableFuture<Void> call;
  private @Nullable StopReason stopped;

  BedrockStream(String model) {
    this.model = model;
  }

  private sealed interface Signal {
    record Text(String text) implements Signal {}

    record Stopped(String reason) implements Signal {}

    record Account(int input, int output) implements Signal {}

    record Over(@Nullable Throwable failure) implements Signal {}
  }

  ConverseStreamResponseHandler handler() {
    return ConverseStreamResponseHandler.builder()
        .subscriber(
            Visitor.builder()
                .onContentBlockDelta(this::delta)
                .onMessageStop(this::stop)
                .onMetadata(this::account)
                .build())
        .build();
  }

  void begin(CompletableFuture<Void> begun) {
    call = begun;
    CompletableFuture<Void> _ =
        begun.whenComplete((nothing, failure) -> signals.add(new Signal.Over(failure)));
  }

  @Override
  public Step next(Duration wait) {
    @Nullable Signal signal;
    try {
      signal = signals.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return new Step.Interrupted();
    }
    return switch (signal) {
      case null -> new Step.Idle();
      case Signal.Text more -> new Step.Text(more.text());
      case Signal.Stopped reason -> {
        stopped = reason(reason.reason());
        yield new Step.Idle();
      }
      case Signal.Account account -> ended(account.input(), account.output());
      case Signal.Over over -> over(over.failure());
    };
  }

  @Override
  public void close() {
    CompletableFuture<Void> open = call;
    if (open != null) {
      open.cancel(true);
    }
  }

  private Step ended(int input, int output) {
    StopReason reason = stopped;
    if (reason == null) {
      return new Step.Idle();
    }
    return new Step.Ended(reason, new TokenUse(model, input, output));
  }

  private Step over(@Nullable Throwable failure) {
    if (failure != null) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      throw ModelFailures.of(cause == null ? failure : cause);
    }
    if (stopped == null) {
      throw new ModelFailure("cut", "the model's answer broke off", true);
    }
    return new Step.Ended(stopped, new TokenUse(model, 0, 0));
  }

  private static StopReason reason(String reason) {
    return switch (reason) {
      case "end_turn", "stop_sequence" -> StopReason.END_TURN;
      case "max_tokens", "model_context_window_exceeded" -> StopReason.MAX_TOKENS;
      default ->
          throw new ModelFailure("refused", "the model ended its answer with " + reason, false);
    };
  }

  private void delta(ContentBlockDeltaEvent event) {
    String text = event.delta().text();
    if (text != null && !text.isEmpty()) {
      signals.add(new Signal.Text(text));
    }
  }

  private void stop(MessageStopEvent event) {
    signals.add(new Signal.Stopped(event.stopReasonAsString()));
  }

  private void account(ConverseStreamMetadataEvent event) {
    signals.add(new Signal.Account(event.usage().inputTokens(), event.usage().outputTokens()));
  }
}
