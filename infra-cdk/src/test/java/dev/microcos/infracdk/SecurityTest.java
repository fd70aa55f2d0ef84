package dev.microcos.infracdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reviewer of the account would look for. */
class SecurityTest {

  @Nested
  class Roles {
    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void every_function_has_its_own_and_no_managed_policy(Committed template) {
      List<JsonNode> roles =
          template
              .resources("AWS::IAM::Role")
              .filter(role -> !role.getKey().equals("CanaryRole"))
              .map(Map.Entry::getValue)
              .toList();
      assertThat(roles).hasSize(6 + 2);
      assertThat(roles).noneMatch(role -> role.has("ManagedPolicyArns"));
      assertThat(functions(template).map(each -> each.get("Role").toString()).distinct())
          .hasSize(6);
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void nothing_is_allowed_by_a_wildcard(Committed template) {
      List<JsonNode> statements =
          allowed(template).stream().filter(each -> !isOfDeliveries(each)).toList();
      assertThat(statements).hasSizeGreaterThan(20);
      for (JsonNode statement : statements) {
        assertThat(each(statement.get("Action"))).noneMatch(action -> action.contains("*"));
        assertThat(each(statement.get("Resource"))).doesNotContain("*");
      }
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void only_the_reducer_writes_the_log(Committed template) {
      List<String> writers =
          template
              .resources("AWS::IAM::Policy")
              .filter(policy ->
                  statements(policy.getValue())
                      .anyMatch(statement ->
                          statement.toString().contains("LogTable")
                              && statement.toString().contains("dynamodb:PutItem")))
              .map(Map.Entry::getKey)
              .toList();
      assertThat(writers).containsExactly("InboxReducerRoleDefaultPolicy");
    }
  }

  @Nested
  class Data {
    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void every_table_and_queue_is_encrypted(Committed template) {
      assertThat(template.resources("AWS::DynamoDB::Table"))
          .hasSize(5)
          .allMatch(table -> table.getValue().at("/SSESpecification/SSEEnabled").asBoolean());
      assertThat(template.resources("AWS::SQS::Queue"))
          .hasSize(5)
          .allMatch(queue -> queue.getValue().path("SqsManagedSseEnabled").asBoolean());
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void the_key_rotates_and_is_found_by_its_alias(Committed template) {
      assertThat(template.resource("AWS::KMS::Key", "KeysKey").get("EnableKeyRotation").asBoolean())
          .isTrue();
      assertThat(template.resources("AWS::KMS::Alias"))
          .extracting(alias -> alias.getValue().get("AliasName").asText())
          .containsExactly("alias/microcos-" + template);
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void every_table_is_backed_up_and_kept_where_people_are(Committed template) {
      assertThat(template.resources("AWS::DynamoDB::Table"))
          .hasSize(5)
          .allSatisfy(table -> {
            JsonNode fields = table.getValue();
            assertThat(fields.get("DeletionProtectionEnabled").asBoolean())
                .isEqualTo(template.environment().guarded());
            assertThat(
                    fields
                        .at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                        .asBoolean())
                .isTrue();
          });
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void backups_of_keys_last_one_day_so_that_an_erasure_ends(Committed template) {
      assertThat(
              template
                  .resource("AWS::DynamoDB::Table", "KeysTable")
                  .at("/PointInTimeRecoverySpecification/RecoveryPeriodInDays")
                  .asInt())
          .isEqualTo(1);
    }
  }

  @Nested
  class Queues {
    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void every_queue_that_is_consumed_has_dead_letters_of_its_own_kind(Committed template) {
      JsonNode inbox = template.resource("AWS::SQS::Queue", "InboxQueue");
      assertThat(inbox.at("/RedrivePolicy/deadLetterTargetArn/Fn::GetAtt/0").asText())
          .isEqualTo("InboxDeadLetters");
      assertThat(
              template.resource("AWS::SQS::Queue", "InboxDeadLetters").get("FifoQueue").asBoolean())
          .isTrue();
      JsonNode jobs = template.resource("AWS::SQS::Queue", "AssistantQueue");
      assertThat(jobs.at("/RedrivePolicy/deadLetterTargetArn/Fn::GetAtt/0").asText())
          .isEqualTo("AssistantDeadLetters");
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void none_keeps_anything_longer_than_the_receipt_of_an_erasure_says(Committed template) {
      int fourDays = 4 * 24 * 3600;
      assertThat(template.resources("AWS::SQS::Queue"))
          .allMatch(queue -> queue.getValue().path("MessageRetentionPeriod").asInt() == fourDays);
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void mappings_report_each_failure_by_itself(Committed template) {
      assertThat(template.resources("AWS::Lambda::EventSourceMapping"))
          .hasSize(3)
          .allMatch(mapping ->
              mapping
                  .getValue()
                  .at("/FunctionResponseTypes/0")
                  .asText()
                  .equals("ReportBatchItemFailures"));
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void messages_stay_hidden_while_their_function_may_run(Committed template) {
      assertThat(visibility(template, "InboxQueue")).isGreaterThanOrEqualTo(6 * 10);
      assertThat(visibility(template, "AssistantQueue")).isEqualTo(300 + 30);
      assertThat(visibility(template, "AssistantDeadLetters")).isEqualTo(300 + 30);
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void jobs_that_died_go_back_to_the_assistant(Committed template) {
      assertThat(template.resources("AWS::Lambda::EventSourceMapping"))
          .filteredOn(mapping ->
              mapping
                  .getValue()
                  .at("/EventSourceArn/Fn::GetAtt/0")
                  .asText()
                  .equals("AssistantDeadLetters"))
          .singleElement()
          .satisfies(mapping ->
              assertThat(mapping.getValue().get("FunctionName").toString())
                  .contains("AssistantAssistantAlias"));
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void only_the_reducer_sets_messages_aside(Committed template) {
      assertThat(
              template
                  .resources("AWS::IAM::Policy")
                  .filter(policy ->
                      statements(policy.getValue())
                          .anyMatch(statement ->
                              statement.toString().contains("InboxDeadLetters")
                                  && statement.toString().contains("sqs:SendMessage"))))
          .extracting(Map.Entry::getKey)
          .containsExactly("InboxReducerRoleDefaultPolicy");
    }

    private int visibility(Committed template, String queue) {
      return template.resource("AWS::SQS::Queue", queue).get("VisibilityTimeout").asInt();
    }
  }

  @Nested
  class Doors {
    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void only_the_health_and_what_is_signed_are_open(Committed template) {
      assertThat(template.resources("AWS::ApiGatewayV2::Route"))
          .filteredOn(route -> route.getValue().get("AuthorizationType").asText().equals("NONE"))
          .extracting(route -> route.getValue().get("RouteKey").asText())
          .containsExactlyInAnyOrder(
              "GET /health", "POST /v1/webhooks/{name}", "$disconnect", "$default");
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void a_token_needs_audience_and_scope(Committed template) {
      assertThat(
              template
                  .resource("AWS::ApiGatewayV2::Authorizer", "ApiHttpAuthorizer")
                  .at("/JwtConfiguration/Audience/0/Fn::If")
                  .toString())
          .isEqualTo("[\"SignInWithPool\",{\"Ref\":\"SignInPage\"},{\"Ref\":\"Audience\"}]");
      assertThat(
              template
                  .resource("AWS::ApiGatewayV2::Route", "ApiHttpANYv1proxy")
                  .at("/AuthorizationScopes/0/Fn::If")
                  .toString())
          .isEqualTo("[\"SignInWithPool\",\"microcos/person\",\"microcos\"]");
    }
  }

  /** Logs and traces of state machines, which have no resource that a policy could name. */
  private static boolean isOfDeliveries(JsonNode statement) {
    return each(statement.get("Action")).stream()
        .allMatch(action ->
            action.startsWith("xray:") || action.matches("logs:.*(Deliver|LogGroups|Resource).*"));
  }

  private static Stream<JsonNode> functions(Committed template) {
    return template.resources("AWS::Lambda::Function").map(Map.Entry::getValue);
  }

  private static List<JsonNode> allowed(Committed template) {
    return Stream.of("AWS::IAM::Policy")
        .flatMap(template::resources)
        .flatMap(policy -> statements(policy.getValue()))
        .filter(statement -> statement.get("Effect").asText().equals("Allow"))
        .toList();
  }

  private static Stream<JsonNode> statements(JsonNode policy) {
    List<JsonNode> all = new ArrayList<>();
    policy.at("/PolicyDocument/Statement").forEach(all::add);
    return all.stream();
  }

  private static List<String> each(JsonNode oneOrMany) {
    List<String> all = new ArrayList<>();
    if (oneOrMany.isArray()) {
      oneOrMany.forEach(one -> all.add(one.isTextual() ? one.asText() : one.toString()));
    } else {
      all.add(oneOrMany.isTextual() ? oneOrMany.asText() : oneOrMany.toString());
    }
    return all;
  }
}
