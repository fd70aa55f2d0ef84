package dev.microcos.local.cloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that a template asks for, with every value computed.
 *
 * @param tables properties of the tables as CloudFormation has them
 * @param queues properties of the queues as CloudFormation has them
 * @param keys the KMS keys
 * @param functions the functions
 * @param mappings what feeds functions from queues
 * @param httpApis the HTTP APIs
 * @param socketApis the WebSocket APIs
 * @param stateMachines the state machines
 * @param rules what listens to events
 * @param schedules properties of the schedules as CloudFormation has them
 * @param withoutEffect resources that do nothing on a laptop, as type and logical id
 */
public record Blueprint(
    List<JsonNode> tables,
    List<JsonNode> queues,
    List<Key> keys,
    List<Function> functions,
    List<Mapping> mappings,
    List<HttpApi> httpApis,
    List<SocketApi> socketApis,
    List<StateMachine> stateMachines,
    List<Rule> rules,
    List<JsonNode> schedules,
    List<String> withoutEffect) {

  /**
   * A KMS key.
   *
   * @param id a UUID
   */
  public record Key(String id, String arn) {}

  /**
   * A function.
   *
   * @param handler class name
   * @param variables its environment
   */
  public record Function(
      String logicalId,
      String name,
      String arn,
      String handler,
      int memoryMegabytes,
      Duration timeout,
      OptionalInt reservedConcurrency,
      Map<String, String> variables) {}

  /** What feeds a function, given by its name, from a queue. */
  public record Mapping(
      String queueArn,
      String functionName,
      int batchSize,
      int maximumConcurrency,
      boolean reportBatchItemFailures) {}

  /** A state machine, with its substitutions done. */
  public record StateMachine(
      String name, String arn, String definition, String roleArn, boolean tracing) {}

  /**
   * A rule of the default event bus.
   *
   * @param functionArns its targets, which are functions
   */
  public record Rule(String name, JsonNode pattern, List<String> functionArns) {}

  /** An HTTP API and its one stage. */
  public record HttpApi(String id, String stage, List<HttpRoute> routes) {}

  /**
   * A route of an HTTP API.
   *
   * @param key such as {@code GET /health}
   * @param functionArn what answers
   * @param tokens whose tokens it takes; without, everybody may call
   * @param scopes of which a token needs one
   */
  public record HttpRoute(
      String key, String functionArn, Optional<Tokens> tokens, List<String> scopes) {}

  /** The tokens that a JWT authorizer takes. */
  public record Tokens(String issuer, List<String> audiences) {}

  /**
   * A WebSocket API and its one stage.
   *
   * @param routes ARN of the function by route key
   * @param authorizer of {@code $connect}, if there is one
   */
  public record SocketApi(
      String id,
      String stage,
      String routeSelection,
      Map<String, String> routes,
      Optional<SocketAuthorizer> authorizer) {}

  /**
   * A Lambda authorizer.
   *
   * @param identitySources what a request must carry to be asked about at all
   */
  public record SocketAuthorizer(String functionArn, List<String> identitySources) {}
}
