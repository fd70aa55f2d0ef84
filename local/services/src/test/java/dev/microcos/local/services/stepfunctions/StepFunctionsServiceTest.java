package dev.microcos.local.services.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.store.Store;
import dev.microcos.local.services.transport.AwsServer;
import dev.microcos.local.services.transport.InProcessHttpClient;
import dev.microcos.local.services.transport.Router;
import dev.microcos.local.stepfunctions.EngineOptions;
import dev.microcos.local.stepfunctions.task.Answers;
import dev.microcos.local.stepfunctions.task.TaskRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

class StepFunctionsServiceTest {

  private static final String ASKS =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Ask", "States": {
        "Ask": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
          "Arguments": {"FunctionName": "ask", "Payload": {"token": "{% $states.context.Task.Token %}"}},
          "TimeoutSeconds": 86400, "Next": "Say"},
        "Say": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
          "Arguments": {"FunctionName": "say", "Payload": "{% $states.input %}"},
          "Output": "{% $states.result.Payload %}", "End": true}}}
      """;

  @TempDir Path folder = Path.of("");
  private final Queue<TaskRequest> calls = new ConcurrentLinkedQueue<>();
  private Store store;
  private StepFunctionsService service;
  private SfnClient client;

  @BeforeEach
  void start() {
    store = Store.open(folder);
    service = new StepFunctionsService(store, EngineOptions.of(this::carryOut));
    service.start();
    client = client(new InProcessHttpClient(Router.to(service)), "http://127.0.0.1:1");
  }

  @AfterEach
  void stop() {
    client.close();
    service.close();
    store.close();
  }

  private CompletableFuture<JsonNode> carryOut(TaskRequest request) {
    calls.add(request);
    JsonNode payload = request.arguments().path("Payload");
    return CompletableFuture.completedFuture(Answers.invocation(payload, 200, request.key()));
  }

  private static SfnClient client(SdkHttpClient http, String endpoint) {
    return SfnClient.builder()
        .httpClient(http)
        .endpointOverride(URI.create(endpoint))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .build();
  }

  private String machine() {
    return client
        .createStateMachine(m -> m.name("asks").definition(ASKS).roleArn("arn:aws:iam::0:role/r"))
        .stateMachineArn();
  }

  private String askedToken() {
    await().atMost(Duration.ofSeconds(30)).until(() -> !calls.isEmpty());
    return calls.element().arguments().path("Payload").path("token").asText();
  }

  private DescribeExecutionResponse ended(String execution) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> client.describeExecution(e -> e.executionArn(execution)),
            described -> described.status() != ExecutionStatus.RUNNING);
  }

  @Test
  void an_execution_waits_for_its_token_and_goes_on_after_a_restart() {
    String machine = machine();
    String execution =
        client.startExecution(e -> e.stateMachineArn(machine).name("one")).executionArn();
    String token = askedToken();

    stop();
    start();
    client.sendTaskSuccess(t -> t.taskToken(token).output("\"yes\""));

    DescribeExecutionResponse end = ended(execution);
    assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(end.output()).isEqualTo("\"yes\"");
    assertThat(calls).hasSize(2);
    assertThatThrownBy(() -> client.sendTaskSuccess(t -> t.taskToken(token).output("1")))
        .isInstanceOf(TaskTimedOutException.class);
    List<HistoryEvent> events = client.getExecutionHistory(e -> e.executionArn(execution)).events();
    assertThat(events)
        .extracting(HistoryEvent::type)
        .containsExactly(
            HistoryEventType.EXECUTION_STARTED,
            HistoryEventType.TASK_STATE_ENTERED,
            HistoryEventType.TASK_SCHEDULED,
            HistoryEventType.TASK_STARTED,
            HistoryEventType.TASK_SUBMITTED,
            HistoryEventType.TASK_SUCCEEDED,
            HistoryEventType.TASK_STATE_EXITED,
            HistoryEventType.TASK_STATE_ENTERED,
            HistoryEventType.TASK_SCHEDULED,
            HistoryEventType.TASK_STARTED,
            HistoryEventType.TASK_SUCCEEDED,
            HistoryEventType.TASK_STATE_EXITED,
            HistoryEventType.EXECUTION_SUCCEEDED);
    assertThat(events.get(2).taskScheduledEventDetails().resource())
        .isEqualTo("invoke.waitForTaskToken");
  }

  @Test
  void a_name_is_taken_by_who_first_used_it() {
    String machine = machine();
    String first =
        client
            .startExecution(e -> e.stateMachineArn(machine).name("same").input("{\"a\":1}"))
            .executionArn();

    assertThat(
            client
                .startExecution(e -> e.stateMachineArn(machine).name("same").input("{\"a\":1}"))
                .executionArn())
        .isEqualTo(first);
    assertThatThrownBy(() ->
            client.startExecution(e -> e.stateMachineArn(machine).name("same").input("{\"a\":2}")))
        .isInstanceOf(ExecutionAlreadyExistsException.class);

    client.stopExecution(e -> e.executionArn(first).error("Cancelled").cause("enough"));
    DescribeExecutionResponse stopped = ended(first);
    assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(stopped.error()).isEqualTo("Cancelled");
    assertThatThrownBy(() ->
            client.startExecution(e -> e.stateMachineArn(machine).name("same").input("{\"a\":1}")))
        .isInstanceOf(ExecutionAlreadyExistsException.class);
  }

  @Test
  void a_definition_in_JSONPath_is_refused_by_state_and_field() {
    assertThatThrownBy(() ->
            client.createStateMachine(m ->
                m.name("old")
                    .roleArn("arn:aws:iam::0:role/r")
                    .definition(
                        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\","
                            + "\"ResultPath\":\"$.x\",\"End\":true}}}")))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("/States/A")
        .hasMessageContaining("ResultPath");
  }

  @Test
  void the_same_is_answered_over_HTTP() throws IOException {
    try (AwsServer server = AwsServer.start(Router.to(service), 0);
        SfnClient http =
            client(UrlConnectionHttpClient.create(), "http://127.0.0.1:" + server.port())) {
      String machine = machine();
      assertThat(http.listStateMachines().stateMachines())
          .extracting(each -> each.stateMachineArn())
          .containsExactly(machine);
      assertThat(http.describeStateMachine(m -> m.stateMachineArn(machine)).definition())
          .isEqualTo(ASKS);
    }
  }
}
