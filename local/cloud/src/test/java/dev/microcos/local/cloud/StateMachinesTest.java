package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** State machines on the port of the AWS services, whose tasks call this cloud. */
class StateMachinesTest {

  private static final String ROLE = "arn:aws:iam::000000000000:role/any";

  @TempDir Path data = Path.of("");
  private TestCloud cloud;
  private SfnClient states;

  @BeforeEach
  void start() {
    cloud = TestCloud.start(data, TestCloud.WIDE);
    states =
        SfnClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(cloud.aws())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .build();
  }

  @AfterEach
  void stop() {
    states.close();
    cloud.close();
  }

  private String begun(String name, String states) {
    String machine =
        this.states
            .createStateMachine(m ->
                m.name(name)
                    .roleArn(ROLE)
                    .definition(
                        "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":"
                            + states
                            + "}"))
            .stateMachineArn();
    return this.states.startExecution(e -> e.stateMachineArn(machine).name("one")).executionArn();
  }

  private DescribeExecutionResponse ended(String execution) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> states.describeExecution(e -> e.executionArn(execution)),
            described -> described.status() != ExecutionStatus.RUNNING);
  }

  @Test
  void a_task_calls_a_function_of_the_template() {
    DescribeExecutionResponse end =
        ended(
            begun(
                "calls",
                """
                {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {
                  "FunctionName": "microcos-development-ingress", "Payload": {"version": "2.0",
                    "routeKey": "GET /health", "rawPath": "/health", "headers": {},
                    "requestContext": {"http": {"method": "GET", "path": "/health"}}}},
                  "Output": "{% $states.result.Payload.statusCode %}", "End": true}}
                """));
    assertThat(end.status()).as(end.toString()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(end.output()).isEqualTo("200");
  }

  @Test
  void a_function_that_is_not_there_is_an_error_by_Lambdas_name() {
    DescribeExecutionResponse end =
        ended(
            begun(
                "misses",
                """
                {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                  "Arguments": {"FunctionName": "nobody", "Payload": {}}, "End": true}}
                """));
    assertThat(end.error()).isEqualTo("Lambda.ResourceNotFoundException");
    assertThat(end.cause()).contains("function:nobody");
  }

  @Test
  void tasks_call_the_services_of_this_cloud() {
    DescribeExecutionResponse end =
        ended(
            begun(
                "services",
                """
                {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:describeTable",
                  "Arguments": {"TableName": "microcos-development-log"},
                  "Assign": {"status": "{% $states.result.Table.TableStatus %}"}, "Next": "B"},
                 "B": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sfn:listStateMachines",
                  "Arguments": {}, "Assign": {"machines": "{% $count($states.result.StateMachines) %}"}, "Next": "C"},
                 "C": {"Type": "Task", "Resource": "arn:aws:states:::events:putEvents",
                  "Arguments": {"Entries": [{"Source": "me", "DetailType": "d", "Detail": {"x": 1}}]},
                  "Output": {"status": "{% $status %}", "machines": "{% $machines >= 1 %}", "failed": "{% $states.result.FailedEntryCount %}"},
                  "End": true}}
                """));
    assertThat(end.output())
        .as(end.toString())
        .isEqualTo("{\"status\":\"ACTIVE\",\"machines\":true,\"failed\":0}");
  }

  @Test
  void days_pass_by_the_clock_of_the_cloud_and_a_restart_between() {
    String execution =
        begun(
            "waits",
            "{\"A\":{\"Type\":\"Wait\",\"Seconds\":864000,\"Next\":\"B\"},\"B\":{\"Type\":\"Succeed\"}}");
    cloud.advance("P9D");
    stop();
    start();
    assertThat(states.describeExecution(e -> e.executionArn(execution)).status())
        .isEqualTo(ExecutionStatus.RUNNING);
    cloud.advance("P2D");
    assertThat(ended(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }
}
