package dev.microcos.local.cloud.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResolverTest {
  private static final String TEMPLATE =
      """
      {"Parameters": {"Issuer": {"Type": "String"}, "Size": {"Type": "String", "Default": "small"}},
       "Conditions": {
         "IsLarge": {"Fn::Equals": [{"Ref": "Size"}, "large"]},
         "IsNotLarge": {"Fn::Not": [{"Condition": "IsLarge"}]}},
       "Resources": {
         "Queue": {"Type": "AWS::SQS::Queue", "Properties": {}},
         "Big": {"Type": "AWS::SQS::Queue", "Condition": "IsLarge", "Properties": {}}}}
      """;

  private final Resolver resolver = resolver(Map.of("Issuer", "me", "AWS::Region", "us-east-1"));

  @Nested
  class Computes {
    @Test
    void parameters_defaults_and_references() {
      assertThat(text("{'Ref': 'Issuer'}")).isEqualTo("me");
      assertThat(text("{'Ref': 'Size'}")).isEqualTo("small");
      assertThat(text("{'Ref': 'Queue'}")).isEqualTo("ref of Queue");
    }

    @Test
    void attributes_in_both_notations() {
      assertThat(text("{'Fn::GetAtt': ['Queue', 'Arn']}")).isEqualTo("Arn of Queue");
      assertThat(text("{'Fn::GetAtt': 'Queue.Arn'}")).isEqualTo("Arn of Queue");
    }

    @Test
    void joined_split_and_selected_text() {
      assertThat(text("{'Fn::Join': ['-', ['a', {'Ref': 'Issuer'}]]}")).isEqualTo("a-me");
      assertThat(text("{'Fn::Select': [1, {'Fn::Split': ['.', 'a.b.c']}]}")).isEqualTo("b");
    }

    @Test
    void substitutions_with_own_variables_and_literals() {
      assertThat(text("{'Fn::Sub': '${AWS::Region}/${Queue.Arn}/${!x}'}"))
          .isEqualTo("us-east-1/Arn of Queue/${x}");
      assertThat(text("{'Fn::Sub': ['${who}', {'who': {'Ref': 'Issuer'}}]}")).isEqualTo("me");
    }

    @Test
    void conditional_values_and_leaves_out_no_value() {
      assertThat(text("{'Fn::If': ['IsLarge', 'l', 's']}")).isEqualTo("s");
      assertThat(resolver.resolve(json("{'a': {'Ref': 'AWS::NoValue'}, 'b': 1}")))
          .isEqualTo(json("{'b': 1}"));
    }
  }

  @Nested
  class Refuses {
    @Test
    void a_parameter_without_a_value() {
      assertThatThrownBy(() -> resolver(Map.of())).hasMessage("parameter Issuer has no value");
    }

    @Test
    void an_unknown_function_by_name() {
      assertThatThrownBy(() -> text("{'Fn::ImportValue': 'x'}"))
          .hasMessage("Fn::ImportValue has no local counterpart");
    }

    @Test
    void a_resource_whose_condition_does_not_hold() {
      assertThatThrownBy(() -> text("{'Ref': 'Big'}")).hasMessageContaining("Big");
    }
  }

  private String text(String json) {
    return resolver.text(json(json));
  }

  private static Resolver resolver(Map<String, String> values) {
    return new Resolver(Template.of(json(TEMPLATE)), values, new SpokenNames());
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static final class SpokenNames implements Names {
    @Override
    public String ref(Template.Resource resource, Resolver resolver) {
      return "ref of " + resource.logicalId();
    }

    @Override
    public String attribute(Template.Resource resource, String attribute, Resolver resolver) {
      return attribute + " of " + resource.logicalId();
    }
  }
}
