package dev.microcos.local.cloud.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlueprintReaderTest {
  private static final Place PLACE = new Place("000000000000", "us-east-1", "http://127.0.0.1:1");
  private static final Map<String, String> PARAMETERS =
      Map.of("Issuer", "http://issuer", "Audience", "microcos");

  @Nested
  class Of_the_committed_templates {
    @ParameterizedTest
    @ValueSource(strings = {"development", "staging", "production"})
    void every_part_is_found(String environment) throws IOException {
      Blueprint blueprint = committed(environment);
      assertThat(blueprint.tables()).hasSize(5);
      assertThat(blueprint.queues()).hasSize(5);
      assertThat(blueprint.keys()).hasSize(2);
      assertThat(blueprint.functions())
          .extracting(Blueprint.Function::logicalId)
          .containsExactlyInAnyOrder(
              "Ingress", "Reducer", "Realtime", "SocketAuthorizer", "Assistant", "Steps");
      assertThat(blueprint.withoutEffect()).contains("AWS::IAM::Role (ApiIngressRole)");
    }

    @Test
    void the_environment_of_a_function_names_real_things() throws IOException {
      Map<String, String> variables = committed("development").functions().getFirst().variables();
      assertThat(variables)
          .containsEntry("LOG_TABLE", "microcos-development-log")
          .containsEntry(
              "INBOX_QUEUE_URL", "http://127.0.0.1:1/000000000000/microcos-development-inbox.fifo");
    }

    @Test
    void routes_know_their_function_and_who_may_call() throws IOException {
      Blueprint.HttpApi api = committed("development").httpApis().getFirst();
      assertThat(api.stage()).isEqualTo("$default");
      Blueprint.HttpRoute route = api.routes().getFirst();
      assertThat(route.key()).isEqualTo("ANY /v1/{proxy+}");
      assertThat(route.functionArn()).endsWith(":function:microcos-development-ingress");
      assertThat(route.tokens().orElseThrow().issuer()).isEqualTo("http://issuer");
      assertThat(route.scopes()).containsExactly("microcos");
    }

    @Test
    void queues_feed_the_function_behind_the_alias() throws IOException {
      assertThat(committed("production").mappings())
          .extracting(
              mapping -> mapping.queueArn().replaceFirst(".*:", ""),
              Blueprint.Mapping::functionName)
          .containsExactlyInAnyOrder(
              tuple("microcos-production-inbox.fifo", "microcos-production-reducer"),
              tuple("microcos-production-assistant", "microcos-production-assistant"),
              tuple("microcos-production-assistant-dead", "microcos-production-assistant"));
    }

    @Test
    void sockets_are_opened_by_their_authorizer_only() throws IOException {
      Blueprint.SocketApi api = committed("development").socketApis().getFirst();
      assertThat(api.stage()).isEqualTo("ws");
      assertThat(api.routes()).containsOnlyKeys("$connect", "$disconnect", "$default");
      Blueprint.SocketAuthorizer authorizer = api.authorizer().orElseThrow();
      assertThat(authorizer.functionArn()).endsWith("socket-authorizer");
      assertThat(authorizer.identitySources()).containsExactly("route.request.querystring.ticket");
    }
  }

  @Nested
  class Of_workflows {
    private static final String RESOURCES =
        """
        {'Steps': {'Type': 'AWS::Lambda::Function', 'Properties':
            {'FunctionName': 'steps', 'Handler': 'a.B::handleRequest'}},
         'Role': {'Type': 'AWS::IAM::Role'},
         'Plan': {'Type': 'AWS::StepFunctions::StateMachine', 'Properties':
            {'StateMachineName': 'plan', 'RoleArn': {'Fn::GetAtt': ['Role', 'Arn']},
             'DefinitionString': {'Fn::Join': ['', ['{ ${F} ', {'Ref': 'AWS::Region'}, ' }']]},
             'DefinitionSubstitutions': {'F': {'Fn::GetAtt': ['Steps', 'Arn']}},
             'TracingConfiguration': {'Enabled': true}}},
         'Ended': {'Type': 'AWS::Events::Rule', 'Properties':
            {'EventPattern': {'source': ['aws.states'],
               'detail': {'stateMachineArn': [{'Ref': 'Plan'}]}},
             'Targets': [{'Id': 't', 'Arn': {'Fn::GetAtt': ['Steps', 'Arn']}}]}},
         'Group': {'Type': 'AWS::Scheduler::ScheduleGroup', 'Properties': {'Name': 'ours'}},
         'Daily': {'Type': 'AWS::Scheduler::Schedule', 'Properties':
            {'Name': 'daily', 'GroupName': {'Ref': 'Group'}, 'ScheduleExpression': 'rate(1 day)',
             'FlexibleTimeWindow': {'Mode': 'OFF'},
             'Target': {'Arn': {'Fn::GetAtt': ['Steps', 'Arn']},
               'RoleArn': {'Fn::GetAtt': ['Role', 'Arn']}}}}}
        """;

    @Test
    void a_machine_has_its_references_and_substitutions_filled_in() throws IOException {
      Blueprint.StateMachine machine = read(RESOURCES).stateMachines().getFirst();
      assertThat(machine.name()).isEqualTo("plan");
      assertThat(machine.arn())
          .isEqualTo("arn:aws:states:us-east-1:000000000000:stateMachine:plan");
      assertThat(machine.definition())
          .isEqualTo("{ arn:aws:lambda:us-east-1:000000000000:function:steps us-east-1 }");
      assertThat(machine.tracing()).isTrue();
    }

    @Test
    void a_schedule_knows_its_group_and_function() throws IOException {
      assertThat(read(RESOURCES).schedules())
          .singleElement()
          .satisfies(schedule -> {
            assertThat(schedule.path("GroupName").asText()).isEqualTo("ours");
            assertThat(schedule.at("/Target/Arn").asText()).endsWith("function:steps");
          });
    }

    @Test
    void a_rule_knows_its_functions() throws IOException {
      Blueprint.Rule rule = read(RESOURCES).rules().getFirst();
      assertThat(rule.pattern().at("/detail/stateMachineArn/0").asText())
          .isEqualTo("arn:aws:states:us-east-1:000000000000:stateMachine:plan");
      assertThat(rule.functionArns())
          .containsExactly("arn:aws:lambda:us-east-1:000000000000:function:steps");
    }
  }

  @Nested
  class Refuses {
    @Test
    void a_schedule_that_calls_no_function() {
      assertThatThrownBy(() ->
              read(
                  "{'S': {'Type': 'AWS::Scheduler::Schedule', 'Properties': {'Name': 's',"
                      + " 'ScheduleExpression': 'rate(1 day)', 'Target': {'Arn': 'arn:q'}}}}"))
          .hasMessageStartingWith("AWS::Scheduler::Schedule (S) calls arn:q, which is neither");
    }

    @Test
    void a_type_that_it_cannot_be_by_name() {
      assertThatThrownBy(() -> read("{'Cache': {'Type': 'AWS::DAX::Cluster'}}"))
          .hasMessageStartingWith("AWS::DAX::Cluster (Cache) has no local counterpart; ");
    }

    @Test
    void an_alias_that_there_is_not() {
      assertThatThrownBy(() ->
              read(
                  "{'M': {'Type': 'AWS::Lambda::EventSourceMapping', 'Properties':"
                      + " {'EventSourceArn': 'q', 'FunctionName': 'reducer:live'}}}"))
          .hasMessage(
              "AWS::Lambda::EventSourceMapping (M) calls reducer:live, which is neither a function"
                  + " nor an alias of one");
    }

    @Test
    void a_property_that_it_does_not_understand_by_name() {
      assertThatThrownBy(() ->
              read(
                  "{'T': {'Type': 'AWS::DynamoDB::Table', 'Properties':"
                      + " {'GlobalSecondaryIndexes': []}}}"))
          .hasMessage(
              "AWS::DynamoDB::Table (T): its property GlobalSecondaryIndexes has no local"
                  + " counterpart");
    }
  }

  private static Blueprint committed(String environment) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            BlueprintReaderTest.class.getResourceAsStream(
                "/dev/microcos/local/cloud/templates/" + environment + ".json"))) {
      return BlueprintReader.read(Template.read(in), PARAMETERS, PLACE);
    }
  }

  private static Blueprint read(String resources) throws IOException {
    String json = "{'Resources': " + resources + "}";
    return BlueprintReader.read(
        Template.of(new ObjectMapper().readTree(json.replace('\'', '"'))), Map.of(), PLACE);
  }
}
