package dev.microcos.local.services.apigateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Serves static files. */
final class FilePage {

  private final StaticFiles files;
  private final String contentSecurityPolicy;

  FilePage(StaticFiles files, String contentSecurityPolicy) {
    this.files = files;
    this.contentSecurityPolicy = contentSecurityPolicy;
  }

  /** The file that the request asks for, 304 if the caller has it, nothing if there is none. */
  Optional<FrontResponse> answer(FrontRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Optional.empty();
    }
    String path;
    try {
      path = Percent.decode(request.path());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return files.find(path.equals("/") ? "/index.html" : path).map(file -> serve(file, request));
  }

  private FrontResponse serve(StaticFile file, FrontRequest request) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("etag", file.etag()));
    headers.add(Map.entry("cache-control", file.cacheControl()));
    headers.add(Map.entry("x-content-type-options", "nosniff"));
    if (file.contentType().startsWith("text/html")) {
      headers.add(Map.entry("content-security-policy", contentSecurityPolicy));
      headers.add(Map.entry("referrer-policy", "same-origin"));
    }
    String known = request.header("if-none-match");
    if (known.equals("*") || List.of(known.split(", *", -1)).contains(file.etag())) {
      return new FrontResponse(304, headers, new byte[0]);
    }
    headers.add(Map.entry("content-type", file.contentType()));
    return new FrontResponse(200, headers, file.content());
  }
}
