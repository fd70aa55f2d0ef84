package dev.microcos.local.services.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client for the AWS SDK that has no network: a call runs the service on the caller's own
 * thread. A call that is aborted stops reading; a service that was already called ends its work.
 */
public final class InProcessHttpClient implements SdkHttpClient {

  private final AwsCalls calls;

  /** A client whose calls go to the router. */
  public InProcessHttpClient(Router router) {
    this(router::handle);
  }

  /** A client whose calls go this way. */
  public InProcessHttpClient(AwsCalls calls) {
    this.calls = calls;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      private volatile boolean aborted;

      @Override
      public HttpExecuteResponse call() throws IOException {
        if (aborted) {
          throw new IOException("the call was aborted");
        }
        AwsResponse response =
            calls.call(SdkRequests.request(request.httpRequest(), body(request)));
        return HttpExecuteResponse.builder()
            .response(SdkRequests.head(response))
            .responseBody(AbortableInputStream.create(content(response.body())))
            .build();
      }

      @Override
      public void abort() {
        aborted = true;
      }
    };
  }

  private static byte[] body(HttpExecuteRequest request) throws IOException {
    if (request.contentStreamProvider().isEmpty()) {
      return new byte[0];
    }
    int length =
        request
            .httpRequest()
            .firstMatchingHeader("Content-Length")
            .map(Integer::parseInt)
            .orElse(Integer.MAX_VALUE);
    try (InputStream content = request.contentStreamProvider().get().newStream()) {
      return content.readNBytes(length);
    }
  }

  private static InputStream content(AwsResponse.Body body) {
    return switch (body) {
      case AwsResponse.Body.Bytes(byte[] bytes) -> new ByteArrayInputStream(bytes);
      case AwsResponse.Body.Stream(AwsResponse.Writer writer) -> StreamedInput.of(writer);
    };
  }

  @Override
  public String clientName() {
    return "InProcess";
  }

  @Override
  public void close() {}
}
