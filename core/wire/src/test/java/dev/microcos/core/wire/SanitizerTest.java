package dev.microcos.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.InvalidRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SanitizerTest {

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.tree(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void cleans_texts_at_any_depth_and_keeps_everything_else() {
    ObjectNode object =
        json(
            "{\"a\":\"x\\u0000y\\n\",\"b\":[1,\"\\u0007z\",[true,{\"c\":\"\\ud800!\"}],null],\"d\":{}}");
    Sanitizer.clean(object);
    assertThat(object)
        .isEqualTo(json("{\"a\":\"xy\\n\",\"b\":[1,\"z\",[true,{\"c\":\"!\"}],null],\"d\":{}}"));
  }

  @Test
  void refuses_names_that_it_would_have_to_change() {
    for (String name : new String[] {"\\u0000", "\\ud800", "a\\udc00"}) {
      assertThatThrownBy(() -> Sanitizer.clean(json("{\"data\":{\"" + name + "\":1}}")))
          .isInstanceOfSatisfying(
              InvalidRequest.class, invalid -> assertThat(invalid.pointer()).isEqualTo("/data"));
    }
  }

  @Test
  void names_the_place_of_a_number_that_cannot_be_kept() {
    for (String number : new String[] {"1e999", "9".repeat(400)}) {
      assertThatThrownBy(() -> Sanitizer.clean(json("{\"list\":[1,{\"x\":" + number + "}]}")))
          .isInstanceOfSatisfying(
              InvalidRequest.class,
              invalid -> assertThat(invalid.pointer()).isEqualTo("/list/1/x"));
    }
  }
}
