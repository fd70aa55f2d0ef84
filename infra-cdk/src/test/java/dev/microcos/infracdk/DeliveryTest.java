package dev.microcos.infracdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a version comes to serve, what is watched meanwhile, and where people reach it. */
class DeliveryTest {
  private static final List<String> FUNCTIONS =
      List.of("ingress", "reducer", "assistant", "realtime", "socket-authorizer", "steps");

  @Nested
  class Functions {
    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void start_from_a_snapshot_on_arm(Committed template) {
      assertThat(template.resources("AWS::Lambda::Function").map(Map.Entry::getValue))
          .hasSize(6)
          .allSatisfy(function -> {
            assertThat(function.at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions");
            assertThat(function.get("Runtime").asText()).isEqualTo("java25");
            assertThat(function.at("/Architectures/0").asText()).isEqualTo("arm64");
          });
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void are_called_by_their_alias_only(Committed template) {
      Stream<String> targets =
          Stream.of(
                  of(template, "AWS::Lambda::EventSourceMapping", "FunctionName"),
                  of(template, "AWS::ApiGatewayV2::Integration", "IntegrationUri"),
                  of(template, "AWS::Lambda::Permission", "FunctionName"),
                  of(template, "AWS::ApiGatewayV2::Authorizer", "AuthorizerUri"))
              .flatMap(each -> each);
      assertThat(targets).hasSize(3 + 4 + 10 + 1).allMatch(target -> target.contains("Alias\""));
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void of_the_loop_may_call_each_other_again(Committed template) {
      assertThat(template.resources("AWS::Lambda::Function"))
          .filteredOn(each -> each.getValue().path("RecursiveLoop").asText().equals("Allow"))
          .extracting(Map.Entry::getKey)
          .containsExactlyInAnyOrder("Reducer", "Assistant", "Steps");
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void forget_their_logs(Committed template) {
      assertThat(template.resources("AWS::Logs::LogGroup"))
          .hasSize(8)
          .allMatch(logs ->
              logs.getValue().get("RetentionInDays").asInt() == template.environment().logDays());
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void go_over_to_a_new_version_by_a_tenth_first(Committed template) {
      boolean canary = template.environment().canary();
      assertThat(template.resources("AWS::CodeDeploy::DeploymentGroup"))
          .hasSize(canary ? 6 : 0)
          .allSatisfy(group -> {
            JsonNode fields = group.getValue();
            assertThat(fields.get("DeploymentConfigName").asText())
                .startsWith("CodeDeployDefault.LambdaCanary10Percent");
            assertThat(fields.at("/AutoRollbackConfiguration/Events").toString())
                .contains("DEPLOYMENT_STOP_ON_ALARM");
            assertThat(fields.at("/AlarmConfiguration/Alarms")).hasSize(1);
          });
      assertThat(
              template
                  .whole("InboxReducerAlias")
                  .at("/UpdatePolicy/CodeDeployLambdaAliasUpdate")
                  .isObject())
          .isEqualTo(canary);
    }
  }

  @Nested
  class Alarms {
    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void ring_for_every_part_that_can_fail(Committed template) {
      Stream<String> ofFunctions =
          FUNCTIONS.stream()
              .flatMap(each ->
                  Stream.of("errors", "throttles", "duration").map(kind -> each + "-" + kind));
      Stream<String> ofTables =
          Stream.of("log", "archive", "keys", "operations", "connections")
              .map(table -> table + "-table-throttles");
      Stream<String> others =
          Stream.of(
              "inbox-dead-letters",
              "inbox-age",
              "assistant-dead-letters",
              "assistant-age",
              "log-putitem-latency",
              "log-query-latency",
              "api-failures",
              "sockets-failures",
              "steps-dead-letters",
              "workflows-throttles",
              "big-model-throttles",
              "small-model-throttles");
      assertThat(of(template, "AWS::CloudWatch::Alarm", "AlarmName"))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(ofFunctions, ofTables, others)
                  .flatMap(each -> each)
                  .map(name -> "\"" + template.environment().named(name) + "\"")
                  .toList());
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void tell_somebody_what_to_do_and_stand_on_the_dashboard(Committed template) {
      assertThat(template.resources("AWS::CloudWatch::Alarm").map(Map.Entry::getValue))
          .allSatisfy(alarm -> {
            assertThat(alarm.at("/AlarmActions/0/Ref").asText()).isEqualTo("AlarmsTopic");
            assertThat(alarm.get("AlarmDescription").asText()).contains(" ").endsWith(".");
          });
      assertThat(of(template, "AWS::CloudWatch::Dashboard", "DashboardBody"))
          .singleElement()
          .asString()
          .contains("Alarmsinboxdeadletters", "Alarmslogputitemlatency");
    }
  }

  @Nested
  class One_address {
    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void serves_the_page_and_both_apis(Committed template) {
      JsonNode edge =
          template
              .resource("AWS::CloudFront::Distribution", "EdgeDistribution")
              .get("DistributionConfig");
      assertThat(edge.findValuesAsText("PathPattern"))
          .containsExactlyInAnyOrder("/v1/*", "/run_*", "/health", "/ws");
      assertThat(edge.at("/DefaultCacheBehavior/ViewerProtocolPolicy").asText())
          .isEqualTo("redirect-to-https");
      assertThat(edge.get("CacheBehaviors"))
          .allMatch(each -> each.get("ViewerProtocolPolicy").asText().equals("https-only"))
          .allMatch(each -> each.has("ResponseHeadersPolicyId"));
      assertThat(of(template, "AWS::S3::Bucket", "PublicAccessBlockConfiguration"))
          .singleElement()
          .asString()
          .doesNotContain("false");
      assertThat(template.resources("AWS::CloudFront::OriginAccessControl")).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void lets_the_page_run_and_load_only_what_is_ours(Committed template) {
      JsonNode headers = template.resource("AWS::CloudFront::ResponseHeadersPolicy", "EdgeHeaders");
      String policy = headers.at("/ResponseHeadersPolicyConfig/SecurityHeadersConfig").toString();
      assertThat(policy)
          .contains("default-src 'none'; script-src 'self'; style-src 'self'")
          .contains("frame-ancestors 'none'", "StrictTransportSecurity", "ContentTypeOptions")
          .doesNotContain("unsafe");
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.infracdk.Committed#all")
    void brings_a_user_pool_only_where_no_issuer_is_given(Committed template) {
      assertThat(Stream.of("SignInPool", "SignInPoolDomain", "SignInServer", "SignInPage"))
          .allMatch(id -> template.whole(id).path("Condition").asText().equals("SignInWithPool"));
      JsonNode pool = template.resource("AWS::Cognito::UserPool", "SignInPool");
      assertThat(pool.at("/AdminCreateUserConfig/AllowAdminCreateUserOnly").asBoolean()).isTrue();
      assertThat(pool.at("/Policies/PasswordPolicy/MinimumLength").asInt()).isEqualTo(12);
      JsonNode client = template.resource("AWS::Cognito::UserPoolClient", "SignInPage");
      assertThat(client.path("GenerateSecret").asBoolean()).isFalse();
      assertThat(client.get("AllowedOAuthFlows").toString()).isEqualTo("[\"code\"]");
    }
  }

  private static Stream<String> of(Committed template, String type, String property) {
    return template
        .resources(type)
        .map(each -> each.getValue().path(property).toString())
        .filter(value -> !value.isEmpty());
  }
}
