package dev.microcos.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sample invocations, read with the classes that AWS gives its Java functions. As Lambda itself
 * does, they pass over fields that the classes do not know yet.
 */
class LambdaEventsTest {
  private static final JsonMapper LAMBDA =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static <T> T read(String name, Class<T> type) throws IOException {
    return LAMBDA.readValue(Path.of("lambda", name + ".json").toFile(), type);
  }

  @Test
  void a_post_carries_claims_and_a_valid_body() throws IOException {
    APIGatewayV2HTTPEvent event = read("http-post-message", APIGatewayV2HTTPEvent.class);
    assertThat(event.getRequestContext().getAuthorizer().getJwt().getClaims())
        .containsKeys("iss", "sub", "aud", "scope");
    assertThat(event.getRawPath()).isEqualTo("/v1/messages");
    JsonNode body = LAMBDA.readTree(event.getBody());
    assertThat(Documents.faults("api/requests/post-message.schema.json", body)).isEmpty();
  }

  @Test
  void an_inbox_batch_holds_valid_envelopes_of_several_people() throws Exception {
    SQSEvent batch = read("sqs-inbox-batch", SQSEvent.class);
    assertThat(batch.getRecords())
        .hasSize(6)
        .extracting(record -> record.getAttributes().get("MessageGroupId"))
        .containsExactly(groups("abacba"));
    for (SQSEvent.SQSMessage record : batch.getRecords()) {
      JsonNode envelope = LAMBDA.readTree(record.getBody());
      String schema = "envelopes/" + envelope.path("type").asText() + ".schema.json";
      assertThat(Documents.faults(schema, envelope)).isEmpty();
      assertThat(envelope.path("user_id").asText())
          .isEqualTo(record.getAttributes().get("MessageGroupId"));
      assertThat(envelope.path("event_id").asText())
          .isEqualTo(record.getAttributes().get("MessageDeduplicationId"));
      assertThat(record.getMd5OfBody()).isEqualTo(md5(record.getBody()));
    }
  }

  @Test
  void a_job_names_its_operation() throws Exception {
    SQSEvent batch = read("assistant-job", SQSEvent.class);
    assertThat(batch.getRecords()).hasSize(1);
    SQSEvent.SQSMessage job = batch.getRecords().getFirst();
    assertThat(LAMBDA.readTree(job.getBody()).path("operation_id").asText()).startsWith("op_");
    assertThat(job.getMd5OfBody()).isEqualTo(md5(job.getBody()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "default", "disconnect"})
  void a_socket_event_names_its_route_and_person(String route) throws IOException {
    APIGatewayV2WebSocketEvent event = read("websocket-" + route, APIGatewayV2WebSocketEvent.class);
    assertThat(event.getRequestContext().getRouteKey()).isEqualTo("$" + route);
    JsonNode authorizer = LAMBDA.valueToTree(event.getRequestContext().getAuthorizer());
    assertThat(authorizer.path("user_id").asText()).startsWith("usr_");
    assertThat(authorizer.path("generation").isTextual()).isTrue();
  }

  @Test
  void a_sync_is_a_valid_frame() throws IOException {
    APIGatewayV2WebSocketEvent event = read("websocket-default", APIGatewayV2WebSocketEvent.class);
    JsonNode frame = LAMBDA.readTree(event.getBody());
    assertThat(Documents.faults("api/frames/sync.schema.json", frame)).isEmpty();
  }

  @Test
  void an_authorizer_gets_the_ticket() throws IOException {
    APIGatewayCustomAuthorizerEvent event =
        read("authorizer-request", APIGatewayCustomAuthorizerEvent.class);
    assertThat(event.getType()).isEqualTo("REQUEST");
    assertThat(event.getMethodArn()).endsWith("/$connect");
    assertThat(event.getQueryStringParameters()).containsKey("ticket");
  }

  private static String[] groups(String letters) {
    return letters
        .chars()
        .mapToObj(letter ->
            switch (letter) {
              case 'a' -> "usr_k5ucq3v7z2lq4xw6n7h3m5d2ae";
              case 'b' -> "usr_b2zq6d5m3nw4tyx7j7c2l5k6ra";
              default -> "usr_m4xw6n7h3m5d2aek5ucq3v7z2l";
            })
        .toArray(String[]::new);
  }

  private static String md5(String text) throws NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }
}
