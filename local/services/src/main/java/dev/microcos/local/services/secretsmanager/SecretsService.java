package dev.microcos.local.services.secretsmanager;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.AwsService;
import dev.microcos.local.services.transport.JsonApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Gives the secrets of webhooks out of variables: {@code WEBHOOK_SECRET_CRM} for {@code …/crm}. */
public final class SecretsService implements AwsService {
  private final Map<String, String> variables;

  /** Secrets among these variables. */
  public SecretsService(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  @Override
  public String signingName() {
    return "secretsmanager";
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    ObjectNode answer = JsonApi.MAPPER.createObjectNode();
    if (!request.operation().equals("GetSecretValue")) {
      return answered(400, answer.put("__type", "InvalidRequestException"));
    }
    String id = "";
    try {
      id = JsonApi.MAPPER.readTree(request.body()).path("SecretId").asText();
    } catch (IOException unreadable) {
      return answered(400, answer.put("__type", "InvalidParameterException"));
    }
    String name = id.substring(id.lastIndexOf('/') + 1);
    String variable = "WEBHOOK_SECRET_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    String secret = variables.getOrDefault(variable, "");
    return secret.isBlank()
        ? answered(
            400,
            answer
                .put("__type", "ResourceNotFoundException")
                .put("Message", "Set " + variable + " for the secret " + id))
        : answered(200, answer.put("Name", id).put("SecretString", secret));
  }

  private static AwsResponse answered(int status, ObjectNode body) {
    return new AwsResponse(
        status,
        Map.of("content-type", "application/x-amz-json-1.1"),
        new AwsResponse.Body.Bytes(body.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
