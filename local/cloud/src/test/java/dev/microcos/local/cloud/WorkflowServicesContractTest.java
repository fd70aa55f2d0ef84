package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.application.port.Executions;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.domain.id.Digest;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.testkit.ExecutionsContract;
import dev.microcos.core.testkit.People;
import dev.microcos.core.testkit.SchedulesContract;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.schedule.ScheduleExpression;
import dev.microcos.local.services.scheduler.SchedulerService;
import dev.microcos.local.services.stepfunctions.StepFunctionsService;
import dev.microcos.local.services.transport.InProcessAsyncHttpClient;
import dev.microcos.local.services.transport.InProcessHttpClient;
import dev.microcos.local.services.transport.Router;
import dev.microcos.local.stepfunctions.EngineOptions;
import dev.microcos.local.stepfunctions.task.AwsCalls.AwsAnswer;
import dev.microcos.local.stepfunctions.task.AwsIntegrations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The adapters to Step Functions and Scheduler over the services of the local cloud. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkflowServicesContractTest {

  private static final String PREFIX = "arn:aws:states:us-east-1:000000000000:stateMachine:";
  private static final String GROUP = "contract";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Waits with a token, tells which, and ends with what it is given. */
  private static final String MACHINE =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Wait", "States": {"Wait": {"Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Arguments": {"FunctionName": "tell", "Payload": {
          "execution": "{% $states.context.Execution.Name %}",
          "token": "{% $states.context.Task.Token %}"}},
        "End": true}}}
      """;

  private final Closing closing = new Closing();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private @Nullable InProcessHttpClient http;
  private @Nullable SfnClient states;
  private @Nullable SchedulerClient scheduler;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Services services =
        closing.add(Services.open(folder, InstantSource.system(), Blueprints.PLACE));
    StepFunctionsService machines =
        closing.add(
            new StepFunctionsService(
                services.store(),
                EngineOptions.of(
                    new AwsIntegrations(
                        (_, payload) -> told(payload),
                        (_, _, _) -> new AwsAnswer(404, Json.object())))));
    SchedulerService timetable =
        closing.add(
            new SchedulerService(
                folder.resolve("schedules.json"),
                InstantSource.system(),
                (expression, zone, from, after) ->
                    ScheduleExpression.parse(expression, zone, from).after(after),
                (_, _) -> {}));
    var _ =
        machines
            .engine()
            .machines()
            .create("approval", MACHINE, "any", false, Map.of())
            .orElseThrow();
    machines.start();
    http = closing.add(new InProcessHttpClient(Router.to(machines, timetable)));
    states =
        closing.add(
            SfnClient.builder()
                .httpClient(http)
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build());
    scheduler =
        closing.add(
            SchedulerClient.builder()
                .httpClient(http)
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build());
  }

  private JsonNode told(JsonNode payload) {
    tokens.put(payload.path("execution").asText(), payload.path("token").asText());
    return Json.object();
  }

  @AfterAll
  void stop() {
    closing.close();
  }

  private Adapters adapters(String prefix) {
    return new Adapters(
        new Host(
            Map.of(
                "AWS_REGION", "us-east-1",
                "STATE_MACHINE_PREFIX", prefix,
                "SCHEDULE_GROUP", GROUP,
                "SCHEDULE_ROLE_ARN", "arn:aws:iam::000000000000:role/any",
                "STEPS_FUNCTION_ARN", "arn:aws:lambda:us-east-1:000000000000:function:steps"),
            InstantSource.system(),
            new Random(3),
            AnonymousCredentialsProvider.create(),
            Objects.requireNonNull(http),
            new InProcessAsyncHttpClient(Router.to())));
  }

  private static Person anybody() {
    return People.person(UUID.randomUUID().toString());
  }

  private static String arn(PersonRun run) {
    return PREFIX.replace(":stateMachine:", ":execution:") + "approval:" + run.executionName();
  }

  @Nested
  class The_executions extends ExecutionsContract {
    private final Executions executions = adapters(PREFIX).executions();

    @Override
    protected Executions executions() {
      return executions;
    }

    @Override
    protected Executions none() {
      return adapters(PREFIX + "no-").executions();
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }

    @Override
    protected String token(PersonRun run) {
      return Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> tokens.getOrDefault(run.executionName(), ""), token -> !token.isEmpty());
    }

    @Override
    protected Outcome outcome(PersonRun run) {
      SfnClient client = Objects.requireNonNull(states);
      DescribeExecutionResponse ended =
          Awaitility.await()
              .atMost(PATIENCE)
              .until(
                  () -> client.describeExecution(describe -> describe.executionArn(arn(run))),
                  described -> described.status() != ExecutionStatus.RUNNING);
      return new Outcome(
          ended.statusAsString(),
          ended.status() == ExecutionStatus.SUCCEEDED ? ended.output() : ended.error());
    }

    @Override
    protected int count(PersonRun run) {
      SfnClient client = Objects.requireNonNull(states);
      return Math.toIntExact(
          client
              .listExecutionsPaginator(list -> list.stateMachineArn(PREFIX + "approval"))
              .executions()
              .stream()
              .filter(each -> each.name().equals(run.executionName()))
              .count());
    }
  }

  @Nested
  class The_schedules extends SchedulesContract {
    private final Schedules schedules = adapters(PREFIX).schedules();

    @Override
    protected Schedules schedules() {
      return schedules;
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }

    @Override
    protected Optional<Schedule> there(Person person, String name) {
      try {
        return Optional.of(schedule(found(person, name)));
      } catch (ResourceNotFoundException none) {
        return Optional.empty();
      }
    }

    @Test
    void a_rate_starts_when_its_period_has_passed_next_and_the_others_say_themselves_when() {
      Person person = anybody();
      Instant begun = Instant.now().minus(Duration.ofMinutes(200));
      schedules.set(person, kept("rate(1 hour)", begun));
      schedules.set(person, kept("rate(1 hour)", begun));
      Instant start = found(person, "often").startDate();
      assertThat(start).isAfter(Instant.now().minus(Duration.ofMinutes(1)));
      Duration passed = Duration.between(begun.truncatedTo(ChronoUnit.MINUTES), start);
      assertThat(passed).isGreaterThanOrEqualTo(Duration.ofHours(4));
      assertThat(passed.toMillis() % Duration.ofHours(1).toMillis()).isZero();

      schedules.set(person, kept("cron(0 8 ? * * *)", begun));
      assertThat(found(person, "often").startDate()).isNull();
    }

    private static KeptSchedule kept(String expression, Instant since) {
      return new KeptSchedule(
          new Schedule("often", expression, "UTC", "approval", Document.EMPTY, true), since);
    }

    /** Names are hashes, so that they tell nobody anything. */
    private GetScheduleResponse found(Person person, String name) {
      String hash = "s" + Digest.base32(person.partition(), name);
      return Objects.requireNonNull(scheduler).getSchedule(get -> get.groupName(GROUP).name(hash));
    }

    private static Schedule schedule(GetScheduleResponse found) {
      JsonNode told = Json.tree(found.target().input()).path("schedule");
      return new Schedule(
          told.path("name").asText(),
          found.scheduleExpression(),
          found.scheduleExpressionTimezone(),
          told.path("workflow").asText(),
          DocumentJson.of(told.path("input")),
          found.state() == ScheduleState.ENABLED);
    }
  }
}
