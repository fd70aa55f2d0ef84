package dev.microcos.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A function may do what its code can come to call, and nothing else. */
class LeastPrivilegeTest {
  /** What Lambda itself does in the function's name: read its queue, write its log. */
  private static final Set<String> BY_LAMBDA =
      Set.of(
          "sqs:ReceiveMessage",
          "sqs:DeleteMessage",
          "sqs:ChangeMessageVisibility",
          "sqs:GetQueueAttributes");

  /** Whose resources are no single ones of the template; a test of infra-cdk holds their names. */
  private static final List<String> BY_NAME =
      List.of("execute-api:", "bedrock:", "states:", "scheduler:", "secretsmanager:");

  private final JsonNode resources = template().path("Resources");

  @ParameterizedTest
  @ValueSource(
      strings = {"Ingress", "Reducer", "Realtime", "SocketAuthorizer", "Assistant", "Steps"})
  void grants_are_what_the_code_calls(String function) {
    String handler =
        resources.at("/" + function + "/Properties/Handler").asText().replaceFirst("::.*", "");
    Set<String> used = Calls.of(handler);

    assertThat(granted(function))
        .as(
            "what the template grants to %s against what its code calls; mend the allow… lines of"
                + " infra-cdk, then: mvn -q -pl infra-cdk -am compile exec:exec@templates",
            function)
        .containsExactlyInAnyOrderElementsOf(used);
    assertThat(used).isNotEmpty();
  }

  private Set<String> granted(String function) {
    String role = resources.at("/" + function + "/Properties/Role/Fn::GetAtt/0").asText();
    boolean fed =
        resources.findParents("EventSourceArn").stream()
            .anyMatch(mapping -> calls(mapping, function));
    Set<String> granted = new TreeSet<>();
    for (JsonNode resource : resources) {
      JsonNode properties = resource.path("Properties");
      if (resource.path("Type").asText().equals("AWS::IAM::Policy")
          && properties.path("Roles").findValuesAsText("Ref").contains(role)) {
        for (JsonNode statement : properties.at("/PolicyDocument/Statement")) {
          texts(statement.path("Action")).forEach(action -> add(action, statement, fed, granted));
        }
      }
    }
    return granted;
  }

  /**
   * Whether the mapping's function is this one: by its alias, whose name is beside the function's.
   */
  private static boolean calls(JsonNode mapping, String function) {
    return mapping.path("FunctionName").toString().contains(function + "Alias");
  }

  private static void add(String action, JsonNode statement, boolean fed, Set<String> granted) {
    if (action.startsWith("logs:")) {
      return;
    }
    if (fed && BY_LAMBDA.contains(action)) {
      if (action.equals("sqs:ChangeMessageVisibility")) {
        granted.add(action);
      }
      return;
    }
    if (BY_NAME.stream().anyMatch(action::startsWith)) {
      granted.add(action);
      return;
    }
    // What an asynchronous invocation could not do, Lambda puts there; a role is handed to
    // Scheduler.
    if (statement.path("Resource").toString().contains("WorkflowsDeadLetters")
        || action.equals("iam:PassRole")) {
      return;
    }
    for (JsonNode resource : each(statement.path("Resource"))) {
      granted.add(action + " " + resource.at("/Fn::GetAtt/0").asText(resource.toString()));
    }
  }

  private static Stream<String> texts(JsonNode oneOrMany) {
    return each(oneOrMany).stream().map(JsonNode::asText);
  }

  private static List<JsonNode> each(JsonNode oneOrMany) {
    List<JsonNode> all = new ArrayList<>();
    if (oneOrMany.isArray()) {
      oneOrMany.forEach(all::add);
    } else {
      all.add(oneOrMany);
    }
    return all;
  }

  private static JsonNode template() {
    try {
      return new ObjectMapper()
          .readTree(Repository.ROOT.resolve("infra-cdk/templates/production.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
