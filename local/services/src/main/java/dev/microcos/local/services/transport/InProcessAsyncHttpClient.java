package dev.microcos.local.services.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * An asynchronous HTTP client for the AWS SDK that has no network. Each call runs on a virtual
 * thread of its own; a streamed response reaches the SDK as it is flushed, and cancelling the call
 * stops its writer.
 */
public final class InProcessAsyncHttpClient implements SdkAsyncHttpClient {

  private final Router router;

  /** A client whose calls go to the router. */
  public InProcessAsyncHttpClient(Router router) {
    this.router = router;
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    SdkHttpContentPublisher content = request.requestContentPublisher();
    Runnable failing = () -> request.responseHandler().onError(new IOException("cancelled"));
    content.subscribe(
        new Collector() {
          @Override
          public void onError(Throwable failure) {
            request.responseHandler().onError(failure);
            done.completeExceptionally(failure);
          }

          @Override
          public void onComplete() {
            byte[] body = gathered.toByteArray();
            Thread.ofVirtual()
                .name("in-process-call")
                .start(() -> {
                  if (done.isDone()) {
                    failing.run();
                  } else {
                    call(request, body, done);
                  }
                });
          }
        });
    return done;
  }

  private void call(AsyncExecuteRequest request, byte[] body, CompletableFuture<Void> done) {
    SdkAsyncHttpResponseHandler handler = request.responseHandler();
    try {
      AwsResponse response = router.handle(SdkRequests.request(request.request(), body));
      handler.onHeaders(SdkRequests.head(response));
      StreamedPublisher publisher = new StreamedPublisher(writer(response.body()), done);
      CompletableFuture<Void> _ =
          done.whenComplete((nothing, failure) -> {
            if (failure != null) {
              publisher.cancel();
            }
          });
      handler.onStream(publisher);
    } catch (RuntimeException failure) {
      handler.onError(failure);
      done.completeExceptionally(failure);
    }
  }

  private static AwsResponse.Writer writer(AwsResponse.Body body) {
    return switch (body) {
      case AwsResponse.Body.Bytes(byte[] bytes) -> (OutputStream out) -> out.write(bytes);
      case AwsResponse.Body.Stream(AwsResponse.Writer writer) -> writer;
    };
  }

  /** Collects the request's body. */
  private abstract static class Collector implements Subscriber<ByteBuffer> {
    final ByteArrayOutputStream gathered = new ByteArrayOutputStream();

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer chunk) {
      byte[] bytes = new byte[chunk.remaining()];
      chunk.get(bytes);
      gathered.writeBytes(bytes);
    }
  }

  @Override
  public String clientName() {
    return "InProcessAsync";
  }

  @Override
  public void close() {}
}
