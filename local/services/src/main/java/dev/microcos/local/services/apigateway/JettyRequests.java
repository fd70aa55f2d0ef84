package dev.microcos.local.services.apigateway;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Jetty's requests as plain data. */
final class JettyRequests {

  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
  private static final int LARGEST_BODY = 10 * 1024 * 1024;

  private JettyRequests() {}

  /** The whole payload, or nothing if it is larger than 10 MB. */
  static Optional<byte[]> body(Request request) throws IOException {
    long length = request.getLength();
    if (length == 0) {
      return Optional.of(new byte[0]);
    }
    if (length > LARGEST_BODY) {
      return Optional.empty();
    }
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(length < 0 ? LARGEST_BODY + 1 : (int) length);
      return body.length > LARGEST_BODY ? Optional.empty() : Optional.of(body);
    }
  }

  static FrontRequest read(Request request, byte[] body) {
    String sourceIp = Request.getRemoteAddr(request);
    Map<String, String> headers = new LinkedHashMap<>();
    List<String> cookies = new ArrayList<>();
    for (HttpField field : request.getHeaders()) {
      String name = field.getLowerCaseName();
      String value = field.getValue() == null ? "" : field.getValue();
      if (name.equals("cookie")) {
        for (String cookie : value.split(";", -1)) {
          cookies.add(cookie.strip());
        }
      } else {
        headers.merge(name, value, (first, next) -> first + "," + next);
      }
    }
    headers.merge("x-forwarded-for", sourceIp, (sent, own) -> sent + ", " + own);
    headers.put("x-forwarded-port", Integer.toString(Request.getServerPort(request)));
    headers.put("x-forwarded-proto", request.isSecure() ? "https" : "http");
    String query = request.getHttpURI().getQuery();
    return new FrontRequest(
        request.getMethod(),
        request.getHttpURI().getPath(),
        query == null ? "" : query,
        headers,
        cookies,
        body,
        request.getConnectionMetaData().getHttpVersion().asString(),
        sourceIp);
  }
}
