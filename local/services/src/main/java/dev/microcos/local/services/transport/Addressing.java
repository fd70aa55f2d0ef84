package dev.microcos.local.services.transport;

import java.util.Locale;
import java.util.Map;

/** Finds out for which service and operation a request is meant. */
final class Addressing {

  private static final Map<String, String> BY_TARGET =
      Map.of(
          "DynamoDB_20120810", "dynamodb",
          "AmazonSQS", "sqs",
          "AWSEvents", "events",
          "AWSStepFunctions", "states",
          "TrentService", "kms");

  private Addressing() {}

  /**
   * The signing name of the service: from the credential scope of the signature, else the target
   * header, else the path, else the first part of the host name; empty if none says it.
   */
  static String service(AwsRequest request) {
    String signed = signingName(request.headers().getOrDefault("authorization", ""));
    if (!signed.isEmpty()) {
      return signed;
    }
    String target = request.headers().getOrDefault("x-amz-target", "");
    String named = BY_TARGET.get(target.substring(0, Math.max(0, target.indexOf('.'))));
    if (named != null) {
      return named;
    }
    if (request.path().startsWith("/model/")) {
      return "bedrock";
    }
    if (request.path().contains("/@connections/")) {
      return "execute-api";
    }
    String host = request.headers().getOrDefault("host", "");
    int dot = host.indexOf('.');
    String prefix = dot < 0 ? "" : host.substring(0, dot);
    return prefix.equals("bedrock-runtime") ? "bedrock" : prefix;
  }

  /** The operation, as AWS names it; of an unknown REST route the method. */
  static String operation(AwsRequest request) {
    String target = request.operation();
    if (!target.isEmpty()) {
      return target;
    }
    String path = request.path();
    if (path.contains("/@connections/")) {
      return switch (request.method()) {
        case "POST" -> "PostToConnection";
        case "DELETE" -> "DeleteConnection";
        default -> "GetConnection";
      };
    }
    if (path.startsWith("/model/")) {
      return pascal(path.substring(path.lastIndexOf('/') + 1));
    }
    return request.method();
  }

  /** The fourth part of {@code Credential=<key>/<date>/<region>/<service>/aws4_request}. */
  private static String signingName(String authorization) {
    int start = authorization.indexOf("Credential=");
    if (start < 0) {
      return "";
    }
    int end = authorization.indexOf("/aws4_request", start);
    if (end < 0) {
      return "";
    }
    return authorization.substring(authorization.lastIndexOf('/', end - 1) + 1, end);
  }

  private static String pascal(String kebab) {
    StringBuilder name = new StringBuilder();
    for (String word : kebab.split("-", -1)) {
      if (!word.isEmpty()) {
        name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    return name.toString();
  }
}
