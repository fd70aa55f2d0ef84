package dev.microcos.local.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouteKeyTest {

  /** The example of "Develop routes for HTTP APIs" in the API Gateway guide. */
  private final List<RouteKey> guide =
      Stream.of(
              "$default",
              "ANY /{proxy+}",
              "GET /pets/{proxy+}",
              "GET /pets/dog/{id}",
              "GET /pets/dog/1")
          .map(RouteKey::parse)
          .sorted()
          .toList();

  private String chosen(String method, String path) {
    List<String> parts = RouteKey.split(path);
    return guide.stream()
        .filter(key -> key.match(method, parts).isPresent())
        .findFirst()
        .orElseThrow()
        .text();
  }

  @Test
  void the_most_specific_route_wins() {
    assertThat(chosen("GET", "/pets/dog/1")).isEqualTo("GET /pets/dog/1");
    assertThat(chosen("GET", "/pets/dog/2")).isEqualTo("GET /pets/dog/{id}");
    assertThat(chosen("GET", "/pets/cat/1")).isEqualTo("GET /pets/{proxy+}");
    assertThat(chosen("POST", "/test/5")).isEqualTo("ANY /{proxy+}");
    assertThat(chosen("GET", "/")).isEqualTo("$default");
  }

  @Test
  void a_named_method_goes_before_any() {
    assertThat(RouteKey.parse("GET /a")).isLessThan(RouteKey.parse("ANY /a"));
    assertThat(RouteKey.parse("ANY /a")).isLessThan(RouteKey.parse("GET /{x}"));
  }

  @Test
  void variables_are_taken_from_the_path() {
    assertThat(RouteKey.parse("ANY /v1/{proxy+}").match("PUT", RouteKey.split("/v1/a/b")))
        .isEqualTo(Optional.of(Map.of("proxy", "a/b")));
    assertThat(RouteKey.parse("GET /{run_id}").match("GET", RouteKey.split("/run_1")))
        .isEqualTo(Optional.of(Map.of("run_id", "run_1")));
  }

  @Test
  void a_variable_is_never_empty() {
    assertThat(RouteKey.parse("ANY /v1/{proxy+}").match("GET", RouteKey.split("/v1/"))).isEmpty();
    assertThat(RouteKey.parse("ANY /v1/{proxy+}").match("GET", RouteKey.split("/v1"))).isEmpty();
    assertThat(RouteKey.parse("GET /{run_id}").match("GET", RouteKey.split("/"))).isEmpty();
  }

  @Test
  void what_is_no_key_is_refused() {
    for (String text : List.of("", "GET", "/v1", "GET v1", "GET /{a+}/b", " /x")) {
      assertThatThrownBy(() -> RouteKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
