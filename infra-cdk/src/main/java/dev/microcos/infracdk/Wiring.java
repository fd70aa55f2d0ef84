package dev.microcos.infracdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** What joins the functions to the rest: their environment variables and what they are allowed. */
record Wiring(
    Environment environment,
    Artifacts artifacts,
    Keys keys,
    Log log,
    Operations operations,
    Inbox inbox,
    Assistant assistant,
    Sockets sockets,
    Edge edge,
    Workflows workflows,
    Watch watch) {

  /**
   * A function whose code is in {@code functions/<folder>}, its class given below functions'
   * package.
   */
  JavaFunction.Builder function(Construct scope, String id, String folder, String handler) {
    String name = id.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    Map<String, String> variables = variables();
    variables.put("POWERTOOLS_SERVICE_NAME", name);
    return new JavaFunction.Builder(
        scope,
        id,
        environment,
        name,
        "dev.microcos.functions." + handler,
        artifacts.code(new Construct(scope, id + "Code"), folder),
        variables,
        watch);
  }

  private Map<String, String> variables() {
    Environment.Limits limits = environment.limits();
    Map<String, String> all = new TreeMap<>();
    all.put("ENVIRONMENT", environment.name());
    all.put("LOG_TABLE", log.log.getTableName());
    all.put("ARCHIVE_TABLE", log.archive.getTableName());
    all.put("KEYS_TABLE", keys.table.getTableName());
    all.put("OPERATIONS_TABLE", operations.table.getTableName());
    all.put("CONNECTIONS_TABLE", sockets.connections.getTableName());
    all.put("KEY_ID", keys.key.getKeyId());
    all.put("INBOX_QUEUE_URL", inbox.queue.getQueueUrl());
    all.put("INBOX_DEAD_LETTERS_URL", inbox.deadLetters.getQueueUrl());
    all.put("ASSISTANT_QUEUE_URL", assistant.queue.getQueueUrl());
    all.put("ASSISTANT_DEAD_LETTERS_URL", assistant.deadLetters.getQueueUrl());
    all.put("SOCKETS_URL", edge.socketsUrl());
    all.put("SOCKETS_ENDPOINT", sockets.endpoint());
    all.put("TOKEN_FLUSH_MILLIS", "150");
    all.put("MICROCOS_BIG_MODEL", environment.bigModel().profile());
    all.put("MICROCOS_SMALL_MODEL", environment.smallModel().profile());
    all.put("MICROCOS_MESSAGES_PER_MINUTE", Integer.toString(limits.messagesPerMinute()));
    all.put("MICROCOS_WRITES_PER_MINUTE", Integer.toString(limits.writesPerMinute()));
    all.put("MICROCOS_TOKENS_PER_DAY", Integer.toString(limits.tokensPerDay()));
    all.put("MICROCOS_TOOL_CALLS_PER_DAY", Integer.toString(limits.toolCallsPerDay()));
    all.put("MICROCOS_KEEP_MESSAGES", Integer.toString(limits.keepMessages()));
    all.put("MICROCOS_KEEP_DAYS", Integer.toString(limits.keepDays()));
    all.put("PAGE_URL", edge.url());
    all.put("WEBHOOK_SECRETS", webhookSecrets());
    workflows.variables(all);
    all.put("POWERTOOLS_METRICS_NAMESPACE", "MicroCos");
    return all;
  }

  void allowLog(JavaFunction function, Access... accesses) {
    allow(function, log.log, accesses);
  }

  void allowArchive(JavaFunction function, Access... accesses) {
    allow(function, log.archive, accesses);
  }

  /** The wrapped data keys, and to open them; who puts one also makes it. */
  void allowKeys(JavaFunction function, Access... accesses) {
    allow(function, keys.table, accesses);
    List<String> actions =
        List.of(accesses).contains(Access.PUT)
            ? List.of("kms:Decrypt", "kms:GenerateDataKey")
            : List.of("kms:Decrypt");
    function.allow(actions, List.of(keys.key.getKeyArn()));
  }

  void allowOperations(JavaFunction function, Access... accesses) {
    allow(function, operations.table, accesses);
  }

  void allowConnections(JavaFunction function, Access... accesses) {
    allow(function, sockets.connections, accesses);
  }

  /** To find a person's sockets, post to them, and forget those that are gone. */
  void allowPush(JavaFunction function) {
    allowConnections(function, Access.QUERY, Access.DELETE);
    allowPosts(function);
  }

  /** To post to a socket that is known. */
  void allowPosts(JavaFunction function) {
    function.allow(List.of("execute-api:ManageConnections"), List.of(sockets.postArn()));
  }

  void allowInbox(JavaFunction function) {
    allowSend(function, inbox.queue);
  }

  /** To set aside what can never be reduced. */
  void allowSettingAside(JavaFunction function) {
    allowSend(function, inbox.deadLetters);
  }

  void allowJobs(JavaFunction function) {
    allowSend(function, assistant.queue);
  }

  /** Alarms on what every message waits for. */
  void watchTables() {
    watch.table("log", log.log);
    watch.table("archive", log.archive);
    watch.table("keys", keys.table);
    watch.table("operations", operations.table);
    watch.table("connections", sockets.connections);
    for (Access access : List.of(Access.PUT, Access.QUERY)) {
      watch.latency("log", log.log, access.operation(), Duration.millis(100));
    }
  }

  /** What the names of the webhooks' secrets begin with. */
  private String webhookSecrets() {
    return "microcos/" + environment.name() + "/webhooks/";
  }

  /**
   * To read the secrets by which webhooks sign; Secrets Manager puts six characters behind a name.
   */
  void allowWebhookSecrets(JavaFunction function) {
    function.allow(
        List.of("secretsmanager:GetSecretValue"),
        List.of(
            Arn.format(
                ArnComponents.builder()
                    .service("secretsmanager")
                    .resource("secret")
                    .resourceName(webhookSecrets() + "*")
                    .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                    .build(),
                Stack.of(log))));
  }

  /** To see whether the inbox is there. */
  void allowHealth(JavaFunction function) {
    function.allow(List.of("sqs:GetQueueAttributes"), List.of(inbox.queue.getQueueArn()));
  }

  private static void allow(JavaFunction function, Table table, Access... accesses) {
    function.allow(
        List.of(accesses).stream().map(Access::action).toList(), List.of(table.getTableArn()));
  }

  private static void allowSend(JavaFunction function, Queue queue) {
    function.allow(List.of("sqs:SendMessage"), List.of(queue.getQueueArn()));
  }
}
