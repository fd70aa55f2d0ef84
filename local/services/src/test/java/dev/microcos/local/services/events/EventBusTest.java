package dev.microcos.local.services.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventBusTest {

  private static final JsonNode FAILED =
      json(
          "{'source':'aws.states','detail-type':'Step Functions Execution Status Change',"
              + "'resources':['arn:a','arn:b'],"
              + "'detail':{'status':'FAILED','name':'e1','output':null}}");

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'source':['aws.states']}                                     | true
          {'source':['aws.s3']}                                         | false
          {'source':['aws.states'],'detail':{'status':['OK','FAILED']}} | true
          {'detail':{'status':['SUCCEEDED']}}                           | false
          {'detail':{'status':[{'anything-but':'RUNNING'}]}}            | true
          {'detail':{'status':[{'anything-but':['RUNNING','FAILED']}]}} | false
          {'detail':{'name':[{'prefix':'e'}]}}                          | true
          {'detail':{'name':[{'suffix':'2'}]}}                          | false
          {'detail':{'output':[null]}}                                  | true
          {'detail':{'cause':[{'exists':false}]}}                       | true
          {'detail':{'cause':['x']}}                                    | false
          {'resources':['arn:b']}                                       | true
          {'detail':{'status':[{'equals-ignore-case':'failed'}]}}       | true
          """)
  void a_pattern_matches_as_EventBridge_says(String pattern, boolean matches) {
    assertThat(new EventPattern(json(pattern)).matches(FAILED)).isEqualTo(matches);
  }

  @Test
  void a_matcher_that_there_is_not_is_refused_by_name() {
    assertThatThrownBy(() -> new EventPattern(json("{'detail':{'n':[{'numeric':['>',1]}]}}")))
        .hasMessage("the matcher numeric is not supported here");
  }

  @Test
  void every_target_of_every_rule_that_matches_is_asked_though_one_fails() {
    EventBus bus = new EventBus();
    List<String> taken = new ArrayList<>();
    bus.add(
        "first",
        new EventPattern(json("{'source':['aws.states']}")),
        List.of(
            event -> {
              throw new IllegalStateException("not now");
            },
            event -> taken.add("first")));
    bus.add("other", new EventPattern(json("{'source':['x']}")), List.of(e -> taken.add("other")));
    bus.add("third", new EventPattern(json("{}")), List.of(event -> taken.add("third")));
    assertThatThrownBy(() -> bus.deliver(FAILED)).hasMessage("not now");
    assertThat(taken).containsExactly("first", "third");
  }
}
