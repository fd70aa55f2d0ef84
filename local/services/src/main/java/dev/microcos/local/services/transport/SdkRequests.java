package dev.microcos.local.services.transport;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Between the SDK's request and response and ours. */
final class SdkRequests {

  private SdkRequests() {}

  static AwsRequest request(SdkHttpRequest request, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    // As every HTTP client sends it; a request that nobody signed says by it for which service it
    // is.
    headers.put("host", request.host());
    request.forEachHeader(
        (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    String path = request.encodedPath();
    return new AwsRequest(
        request.method().name(),
        path.isEmpty() ? "/" : path,
        request.encodedQueryParameters().orElse(""),
        headers,
        body);
  }

  static SdkHttpResponse head(AwsResponse response) {
    SdkHttpFullResponse.Builder builder = SdkHttpResponse.builder().statusCode(response.status());
    response.headers().forEach(builder::putHeader);
    if (response.body() instanceof AwsResponse.Body.Bytes(byte[] bytes)) {
      builder.putHeader("content-length", Integer.toString(bytes.length));
    }
    return builder.build();
  }
}
