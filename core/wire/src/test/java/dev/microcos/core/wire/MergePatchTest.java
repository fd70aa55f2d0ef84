package dev.microcos.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

  /** RFC 7396, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"b\"}|{\"a\":\"c\"}|{\"a\":\"c\"}",
        "{\"a\":\"b\"}|{\"b\":\"c\"}|{\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"}|{\"a\":null}|{}",
        "{\"a\":\"b\",\"b\":\"c\"}|{\"a\":null}|{\"b\":\"c\"}",
        "{\"a\":[\"b\"]}|{\"a\":\"c\"}|{\"a\":\"c\"}",
        "{\"a\":\"c\"}|{\"a\":[\"b\"]}|{\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}}|{\"a\":{\"b\":\"d\",\"c\":null}}|{\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]}|{\"a\":[1]}|{\"a\":[1]}",
        "[\"a\",\"b\"]|[\"c\",\"d\"]|[\"c\",\"d\"]",
        "{\"a\":\"b\"}|[\"c\"]|[\"c\"]",
        "{\"a\":\"foo\"}|null|null",
        "{\"e\":null}|{\"a\":1}|{\"e\":null,\"a\":1}",
        "[1,2]|{\"a\":\"b\",\"c\":null}|{\"a\":\"b\"}",
        "{}|{\"a\":{\"bb\":{\"ccc\":null}}}|{\"a\":{\"bb\":{}}}"
      })
  void applies_the_cases_of_the_rfc(String document, String patch, String result) {
    assertThat(MergePatch.apply(Json.tree(document), Json.tree(patch)))
        .isEqualTo(Json.tree(result));
  }

  @Test
  void what_lies_between_two_documents_leads_from_one_to_the_other() {
    JsonNode from = Json.tree("{\"a\":{\"b\":1,\"c\":2},\"d\":[1],\"gone\":{}}");
    JsonNode to = Json.tree("{\"a\":{\"b\":1,\"e\":{\"f\":3}},\"d\":[2],\"new\":\"x\"}");
    JsonNode patch = MergePatch.between(from, to);
    assertThat(MergePatch.apply(from, patch)).isEqualTo(to);
    assertThat(patch)
        .isEqualTo(
            Json.tree(
                "{\"a\":{\"c\":null,\"e\":{\"f\":3}},\"d\":[2],\"gone\":null,\"new\":\"x\"}"));
  }
}
