package dev.microcos.local.services.apigateway;

import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** Says who answers a request: the sockets, a mount, a file or the HTTP API. */
final class FrontHandler extends Handler.Abstract {

  private static final String SOCKETS = "/ws";

  private final FrontConfiguration configuration;
  private final RequestGuard guard;
  private final FilePage pages;
  private final EventStreams streams;
  private final Optional<SocketUpgrade> upgrade;

  FrontHandler(FrontConfiguration configuration, Server server, CountDownLatch closing) {
    this.configuration = configuration;
    this.streams = new EventStreams(configuration.http(), closing);
    this.guard = new RequestGuard(configuration.hosts());
    this.pages = new FilePage(configuration.files(), configuration.contentSecurityPolicy());
    this.upgrade = configuration.sockets().map(api -> new SocketUpgrade(api, server));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Optional<FrontResponse> refusal = guard.check(request);
    if (refusal.isPresent()) {
      send(refusal.get(), response, callback);
      return true;
    }
    if (upgrade.isPresent() && request.getHttpURI().getPath().equals(SOCKETS)) {
      upgrade.get().handle(JettyRequests.read(request, new byte[0]), request, response, callback);
      return true;
    }
    Optional<byte[]> body = JettyRequests.body(request);
    if (body.isEmpty()) {
      send(FrontResponse.message(413, "Request Entity Too Large"), response, callback);
      return true;
    }
    FrontRequest asked = JettyRequests.read(request, body.get());
    Optional<FrontResponse> own = own(asked);
    if (own.isPresent()) {
      send(own.get(), response, callback);
      return true;
    }
    FrontResponse answer = configuration.http().handle(asked);
    if (EventStreams.isOne(asked, answer)) {
      streams.send(asked, answer, response, callback);
    } else {
      send(answer, response, callback);
    }
    return true;
  }

  /** What a mount or a file answers; all else is the HTTP API's. */
  private Optional<FrontResponse> own(FrontRequest request) {
    for (Map.Entry<String, Function<AwsRequest, AwsResponse>> mount :
        configuration.mounts().entrySet()) {
      String prefix = mount.getKey();
      if (request.path().startsWith(prefix)
          && (request.path().length() == prefix.length()
              || request.path().charAt(prefix.length()) == '/')) {
        return Optional.of(mounted(mount.getValue(), request));
      }
    }
    return pages.answer(request);
  }

  private static FrontResponse mounted(
      Function<AwsRequest, AwsResponse> mount, FrontRequest request) {
    AwsResponse response =
        mount.apply(
            new AwsRequest(
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                request.body()));
    byte[] body =
        switch (response.body()) {
          case AwsResponse.Body.Bytes(byte[] bytes) -> bytes;
          case AwsResponse.Body.Stream(AwsResponse.Writer writer) -> collect(writer);
        };
    List<Map.Entry<String, String>> headers = new ArrayList<>(response.headers().entrySet());
    return new FrontResponse(response.status(), headers, body);
  }

  private static byte[] collect(AwsResponse.Writer writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.writeTo(out);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Status and headers, but nothing of the body. */
  static void begin(FrontResponse answer, Response response) {
    response.setStatus(answer.status());
    answer
        .headers()
        .forEach(header -> response.getHeaders().add(header.getKey(), header.getValue()));
  }

  static void send(FrontResponse answer, Response response, Callback callback) {
    begin(answer, response);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }
}
