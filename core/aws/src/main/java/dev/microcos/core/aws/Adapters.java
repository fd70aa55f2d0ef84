package dev.microcos.core.aws;

import dev.microcos.core.application.port.Archive;
import dev.microcos.core.application.port.AssistantJobs;
import dev.microcos.core.application.port.Connections;
import dev.microcos.core.application.port.Endings;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Executions;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.Model;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.PersonalData;
import dev.microcos.core.application.port.Push;
import dev.microcos.core.application.port.RunPush;
import dev.microcos.core.application.port.Runs;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.application.port.Secrets;
import dev.microcos.core.application.port.Tickets;
import dev.microcos.core.application.port.Watching;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Aggregate;
import dev.microcos.core.domain.log.State;
import dev.microcos.core.domain.run.RunAggregate;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.UserAggregate;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.RunStateJson;
import dev.microcos.core.wire.StateJson;
import dev.microcos.core.wire.tool.Tools;
import dev.microcos.core.wire.workflow.BrokenWorkflowException;
import dev.microcos.core.wire.workflow.WorkflowFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/** The ports over AWS, as a function's environment wires them. */
public final class Adapters {

  private final Host host;
  private final Clients clients;
  private final PersonKeys keys;

  public Adapters(Host host) {
    this.host = host;
    this.clients = new Clients(host);
    this.keys = new PersonKeys(clients, host);
  }

  /** Who is known here. */
  public People people() {
    return keys;
  }

  /** The log of each person. */
  public EventLog<UserState> log() {
    return log(
        UserAggregate.USER,
        new StateForm<>(
            StateJson::write, (json, subject) -> StateJson.read(json, subject.person())));
  }

  /** The log of each run. */
  public EventLog<RunState> runLog() {
    return log(
        RunAggregate.RUN,
        new StateForm<>(
            RunStateJson::write, (json, subject) -> RunStateJson.read(json, (PersonRun) subject)));
  }

  private <S extends State> EventLog<S> log(Aggregate<S> aggregate, StateForm<S> form) {
    return new DynamoLog<>(
        clients.dynamo(), host.require("LOG_TABLE"), new Seal(keys, host), aggregate, form);
  }

  /** Which runs each person has. */
  public Runs runs() {
    return new RunIndex(clients.dynamo(), host.require("LOG_TABLE"));
  }

  /** Where old messages are. */
  public Archive archive() {
    return new DynamoArchive(clients.dynamo(), host.require("ARCHIVE_TABLE"), new Seal(keys, host));
  }

  /** All that is kept of a person, but for their key. */
  public PersonalData personalData() {
    SequencedMap<String, String> tables = new LinkedHashMap<>();
    tables.put("log", host.require("LOG_TABLE"));
    tables.put("archive", host.require("ARCHIVE_TABLE"));
    tables.put("operations", host.require("OPERATIONS_TABLE"));
    tables.put("connections", host.require("CONNECTIONS_TABLE"));
    return new DynamoPersonalData(
        clients.dynamo(),
        tables,
        runs(),
        List.of(host.require("LOG_TABLE"), host.require("CONNECTIONS_TABLE")));
  }

  /** The one way in. */
  public Inbox inbox() {
    return new SqsInbox(clients.sqs(), host.require("INBOX_QUEUE_URL"));
  }

  /** Work for the assistant. */
  public AssistantJobs assistantJobs() {
    return new SqsAssistantJobs(clients.sqs(), host.require("ASSISTANT_QUEUE_URL"));
  }

  /** When a message that is not done comes again. */
  public Redelivery redelivery(String queueUrlVariable) {
    return new Redelivery(clients.sqs(), host.require(queueUrlVariable));
  }

  /** Where a message goes that nobody can ever do. */
  public DeadLetters deadLetters(String queueUrlVariable) {
    return new DeadLetters(clients.sqs(), host.require(queueUrlVariable));
  }

  /** Calls of models and tools. */
  public Operations operations() {
    return new DynamoOperations(
        clients.dynamo(), host.require("OPERATIONS_TABLE"), new Seal(keys, host));
  }

  /** The open sockets. */
  public Connections connections() {
    return new DynamoConnections(clients.dynamo(), host.require("CONNECTIONS_TABLE"));
  }

  /** Tickets that open a socket. */
  public Tickets tickets() {
    return new DynamoTickets(clients.dynamo(), host.require("CONNECTIONS_TABLE"), host.random());
  }

  /** What open pages are shown. */
  public Push push() {
    return new ApiGatewayPush(clients.sockets(), connections(), host.clock());
  }

  /** What pages that watch a run are shown. */
  public RunPush runPush() {
    return new ApiGatewayRunPush(clients.sockets(), watching());
  }

  /** Which pages watch which runs. */
  public Watching watching() {
    return new DynamoWatching(clients.dynamo(), host.require("CONNECTIONS_TABLE"), host.clock());
  }

  /** The executions of runs. */
  public Executions executions() {
    return new SfnExecutions(clients.stepFunctions(), host);
  }

  /** What starts workflows at their times. */
  public Schedules schedules() {
    return new EventBridgeSchedules(clients.scheduler(), host);
  }

  /** The model that narrates. */
  public Model model() {
    return new BedrockModel(clients.bedrock(), host.get("MODEL_BACKEND", "bedrock"));
  }

  /** How executions have ended. */
  public Endings endings() {
    return new SfnEndings(clients.stepFunctions());
  }

  /** The secrets of webhooks. */
  public Secrets secrets() {
    return new SecretsManager(clients.secrets(), host);
  }

  /**
   * The workflows that are here: of the folder that {@code WORKFLOWS} names, or of that which the
   * function's code brings along.
   *
   * @throws IllegalStateException with all that is wrong with them
   */
  public WorkflowFolder workflows() {
    String packed = host.get("LAMBDA_TASK_ROOT", ".") + "/workflows";
    try {
      return new WorkflowFolder(Path.of(host.get("WORKFLOWS", packed)), Tools.ofTheHouse());
    } catch (BrokenWorkflowException e) {
      throw new IllegalStateException("the workflows cannot be used:\n" + e.getMessage(), e);
    }
  }

  /** The users whom names in workflows' files stand for: user ids, and on a laptop local names. */
  public Function<String, UserId> owners() {
    return name ->
        name.startsWith("usr_") ? new UserId(name) : UserId.of(host.require("LOCAL_ISSUER"), name);
  }

  /** Whether what every request needs is there. */
  public Health health() {
    return new Health(clients, host);
  }

  /** The limits and the retention that the environment sets. */
  public Policy policy() {
    Policy otherwise = Policy.DEFAULT;
    return new Policy(
        host.number("MICROCOS_MESSAGES_PER_MINUTE", otherwise.messagesPerMinute()),
        host.number("MICROCOS_WRITES_PER_MINUTE", otherwise.writesPerMinute()),
        host.number("MICROCOS_TOKENS_PER_DAY", Math.toIntExact(otherwise.tokensPerDay())),
        host.number("MICROCOS_KEEP_MESSAGES", otherwise.keepMessages()),
        Duration.ofDays(
            host.number("MICROCOS_KEEP_DAYS", Math.toIntExact(otherwise.keepFor().toDays()))));
  }
}
