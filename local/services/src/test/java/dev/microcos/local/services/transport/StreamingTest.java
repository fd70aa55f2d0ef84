package dev.microcos.local.services.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * Streamed answers by all three ways: they come as they are flushed, and whoever leaves is felt.
 */
class StreamingTest {

  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=any/20261121/us-east-1/stream/aws4_request, Signature=any";

  /** A service whose every answer is the writer's. */
  private static Router router(AwsResponse.Writer writer) {
    return Router.to(
        new AwsService() {
          @Override
          public String signingName() {
            return "stream";
          }

          @Override
          public AwsResponse handle(AwsRequest request) {
            return new AwsResponse(200, Map.of(), new AwsResponse.Body.Stream(writer));
          }
        });
  }

  private static SdkHttpFullRequest request() {
    return SdkHttpFullRequest.builder()
        .method(SdkHttpMethod.POST)
        .uri(URI.create("http://stream.us-east-1.amazonaws.com/"))
        .putHeader("Authorization", SIGNED)
        .build();
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  /** Writes until nobody reads any more, and notes that. */
  private static AwsResponse.Writer endless(AtomicBoolean stopped) {
    return out -> {
      try {
        while (true) {
          say(out, "again");
        }
      } catch (IOException left) {
        stopped.set(true);
        throw left;
      }
    };
  }

  private static void waitFor(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Nested
  class In_the_process {

    private static InputStream read(AwsResponse.Writer writer) throws IOException {
      return new InProcessHttpClient(router(writer))
          .prepareRequest(HttpExecuteRequest.builder().request(request()).build())
          .call()
          .responseBody()
          .orElseThrow();
    }

    @Test
    void a_piece_is_read_before_the_next_is_written() throws Exception {
      CountDownLatch read = new CountDownLatch(1);
      try (InputStream in =
          read(out -> {
            say(out, "first");
            waitFor(read);
            say(out, "second");
          })) {
        assertThat(new String(in.readNBytes(5), UTF_8)).isEqualTo("first");
        read.countDown();
        assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("second");
      }
    }

    @Test
    void a_cut_stream_is_not_taken_for_a_whole_one() throws Exception {
      try (InputStream in =
          read(out -> {
            say(out, "half");
            throw new IOException("cut");
          })) {
        assertThat(new String(in.readNBytes(4), UTF_8)).isEqualTo("half");
        assertThatThrownBy(in::read).isInstanceOf(IOException.class);
      }
    }

    @Test
    void who_closes_stops_the_writer() throws Exception {
      AtomicBoolean stopped = new AtomicBoolean();
      read(endless(stopped)).close();
      Awaitility.await().untilTrue(stopped);
    }
  }

  @Nested
  class In_the_process_asynchronously {

    /** Reads what it asks for. */
    private static final class Reader
        implements SdkAsyncHttpResponseHandler, Subscriber<ByteBuffer> {
      final List<String> pieces = new CopyOnWriteArrayList<>();
      final AtomicReference<Throwable> failure = new AtomicReference<>();
      final AtomicBoolean complete = new AtomicBoolean();
      final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

      @Override
      public void onHeaders(SdkHttpResponse headers) {
        assertThat(headers.statusCode()).isEqualTo(200);
      }

      @Override
      public void onStream(Publisher<ByteBuffer> stream) {
        stream.subscribe(this);
      }

      @Override
      public void onSubscribe(Subscription given) {
        subscription.complete(given);
      }

      @Override
      public void onNext(ByteBuffer piece) {
        pieces.add(UTF_8.decode(piece).toString());
      }

      @Override
      public void onError(Throwable error) {
        failure.set(error);
      }

      @Override
      public void onComplete() {
        complete.set(true);
      }
    }

    private final Reader reader = new Reader();

    private CompletableFuture<Void> read(AwsResponse.Writer writer) {
      return new InProcessAsyncHttpClient(router(writer))
          .execute(
              AsyncExecuteRequest.builder()
                  .request(request())
                  .requestContentPublisher(new NoContent())
                  .responseHandler(reader)
                  .build());
    }

    /** The body of a request without one. */
    private static final class NoContent implements SdkHttpContentPublisher {
      @Override
      public Optional<Long> contentLength() {
        return Optional.of(0L);
      }

      @Override
      public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(
            new Subscription() {
              @Override
              public void request(long n) {}

              @Override
              public void cancel() {}
            });
        subscriber.onComplete();
      }
    }

    @Test
    void as_many_pieces_come_as_are_asked_for() throws Exception {
      AtomicInteger written = new AtomicInteger();
      CompletableFuture<Void> done =
          read(out -> {
            for (String piece : List.of("one", "two", "three")) {
              say(out, piece);
              written.incrementAndGet();
            }
          });
      Subscription subscription = reader.subscription.get();
      subscription.request(1);
      Awaitility.await().until(() -> written.get() == 1);
      assertThat(reader.pieces).containsExactly("one");
      assertThat(done).isNotDone();
      subscription.request(Long.MAX_VALUE);
      done.get();
      assertThat(reader.pieces).containsExactly("one", "two", "three");
      assertThat(reader.complete).isTrue();
    }

    @Test
    void who_cancels_the_subscription_stops_the_writer() throws Exception {
      AtomicBoolean stopped = new AtomicBoolean();
      CompletableFuture<Void> done = read(endless(stopped));
      Subscription subscription = reader.subscription.get();
      subscription.request(3);
      Awaitility.await().until(() -> reader.pieces.size() == 3);
      subscription.cancel();
      Awaitility.await().untilTrue(stopped);
      assertThatThrownBy(done::get).hasRootCauseInstanceOf(IOException.class);
      assertThat(reader.complete).isFalse();
    }

    @Test
    void who_cancels_the_call_stops_the_writer() throws Exception {
      AtomicBoolean stopped = new AtomicBoolean();
      CompletableFuture<Void> done = read(endless(stopped));
      reader.subscription.get().request(Long.MAX_VALUE);
      assertThat(done.cancel(true)).isTrue();
      Awaitility.await().untilTrue(stopped);
    }

    @Test
    void a_cut_stream_is_an_error() throws Exception {
      CompletableFuture<Void> done =
          read(out -> {
            say(out, "half");
            throw new IOException("cut");
          });
      reader.subscription.get().request(Long.MAX_VALUE);
      assertThatThrownBy(done::get).hasRootCauseMessage("cut");
      assertThat(reader.pieces).containsExactly("half");
      assertThat(reader.complete).isFalse();
      assertThat(reader.failure.get()).hasMessage("cut");
    }
  }

  @Nested
  class Over_the_port {

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<InputStream> read(AwsServer server, String... headers) throws Exception {
      HttpRequest.Builder post =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
              .header("Authorization", SIGNED)
              .POST(HttpRequest.BodyPublishers.noBody());
      for (int i = 0; i < headers.length; i += 2) {
        post.header(headers[i], headers[i + 1]);
      }
      return http.send(post.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    @Test
    void a_piece_is_read_before_the_next_is_written() throws Exception {
      CountDownLatch read = new CountDownLatch(1);
      Router router =
          router(out -> {
            say(out, "first");
            waitFor(read);
            say(out, "second");
          });
      try (AwsServer server = AwsServer.start(router, 0);
          InputStream in = read(server).body()) {
        assertThat(new String(in.readNBytes(5), UTF_8)).isEqualTo("first");
        read.countDown();
        assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("second");
      }
    }

    @Test
    void a_cut_stream_is_not_taken_for_a_whole_one() throws Exception {
      Router router =
          router(out -> {
            say(out, "half");
            throw new IOException("cut");
          });
      try (AwsServer server = AwsServer.start(router, 0);
          InputStream in = read(server).body()) {
        assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
      }
    }

    @Test
    void a_web_page_is_refused() throws Exception {
      try (AwsServer server = AwsServer.start(router(out -> say(out, "secret")), 0)) {
        HttpResponse<InputStream> refused = read(server, "Origin", "https://evil.example");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(new String(refused.body().readAllBytes(), UTF_8)).doesNotContain("secret");
      }
    }
  }
}
