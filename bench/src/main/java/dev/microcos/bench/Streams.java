package dev.microcos.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Streamed answers: some people at a time say something and read the tokens to the end, a few times
 * each. A hole in the numbering of tokens, a failed answer or none within a minute ends the run.
 */
final class Streams {
  private static final int ROUNDS = 3;
  private static final String TEXT = "What can you do for me? Explain it in detail.";

  private Streams() {}

  private record Arrival(String text, long nanos) {}

  private static final class Answer {
    private final List<Arrival> tokens = new ArrayList<>();
    private final CompletableFuture<Long> whole = new CompletableFuture<>();
    private long index = -1;

    void token(Frame.Token token, long nanos) {
      if (index >= 0 && token.index() != index + 1) {
        fail("Token " + token.index() + " came after " + index);
      }
      index = token.index();
      tokens.add(new Arrival(token.text(), nanos));
    }

    void fail(String why) {
      whole.completeExceptionally(new IllegalStateException(why));
    }
  }

  private static final class Answers implements Watcher {
    private final Map<String, Answer> byOperation = new ConcurrentHashMap<>();

    Answer of(String operationId) {
      return byOperation.computeIfAbsent(operationId, id -> new Answer());
    }

    @Override
    public void token(Frame.Token token, long nanos) {
      of(token.operationId()).token(token, nanos);
    }

    @Override
    public void event(Frame.Event event, long nanos) {
      switch (event.type()) {
        case "assistant.message" -> of(event.operationId()).whole.complete(nanos);
        case "assistant.failed" -> of(event.operationId()).fail("The answer failed: " + event);
        default -> {}
      }
    }
  }

  private record Samples(
      Latencies first,
      Latencies afterFirstDelta,
      Latencies afterDelta,
      Latencies between,
      Latencies whole) {
    Samples() {
      this(new Latencies(), new Latencies(), new Latencies(), new Latencies(), new Latencies());
    }

    void addAll(Samples others) {
      first.addAll(others.first);
      afterFirstDelta.addAll(others.afterFirstDelta);
      afterDelta.addAll(others.afterDelta);
      between.addAll(others.between);
      whole.addAll(others.whole);
    }

    Round.StreamResult result() {
      int answers = whole.count();
      return new Round.StreamResult(
          answers,
          (double) (first.count() + between.count()) / answers,
          first.distribution(),
          afterFirstDelta.distribution(),
          afterDelta.distribution(),
          between.distribution(),
          whole.distribution());
    }
  }

  /** Lets that many people converse at a time; the model tells when it let which text go. */
  static Round.StreamResult run(Endpoint endpoint, int people, Function<String, LongStream> toldAt)
      throws Exception {
    Samples all = new Samples();
    List<Future<Samples>> streams = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int person = 0; person < people; person++) {
        String sub = "streams-" + person + "-" + System.nanoTime();
        Actions actions = new Actions(person);
        streams.add(threads.submit(() -> converse(endpoint, sub, actions, toldAt)));
      }
      for (Future<Samples> stream : streams) {
        all.addAll(stream.get());
      }
    }
    return all.result();
  }

  private static Samples converse(
      Endpoint endpoint, String sub, Actions actions, Function<String, LongStream> toldAt)
      throws Exception {
    Samples samples = new Samples();
    Answers answers = new Answers();
    try (Person person = Person.open(endpoint, sub, answers);
        HttpConnection connection = endpoint.connect()) {
      for (int round = 0; round < ROUNDS; round++) {
        String id = actions.nextId();
        CompletableFuture<Long> delivery = person.expect(id);
        String body = "{\"client_action_id\":\"%s\",\"text\":\"%s\"}".formatted(id, TEXT);
        byte[] request = person.request("POST", "/v1/messages", body);
        long start = System.nanoTime();
        HttpReply reply = connection.send(request);
        String operationId = Endpoint.json(reply, 202).path("operation_id").asText();
        person.await(delivery);
        Answer answer = answers.of(operationId);
        long whole = answer.whole.get(1, TimeUnit.MINUTES);
        samples.whole().add(whole - start);
        add(samples, answer, start, toldAt);
      }
    }
    return samples;
  }

  private static void add(
      Samples samples, Answer answer, long start, Function<String, LongStream> toldAt) {
    List<Arrival> tokens = answer.tokens;
    if (tokens.isEmpty()) {
      throw new IllegalStateException("An answer came without a token.");
    }
    Arrival first = tokens.getFirst();
    samples.first().add(first.nanos() - start);
    toldAt
        .apply(first.text())
        .limit(1)
        .forEach(told -> samples.afterFirstDelta().add(first.nanos() - told));
    for (Arrival token : tokens) {
      toldAt.apply(token.text()).forEach(told -> samples.afterDelta().add(token.nanos() - told));
    }
    for (int i = 1; i < tokens.size(); i++) {
      samples.between().add(tokens.get(i).nanos() - tokens.get(i - 1).nanos());
    }
  }
}
