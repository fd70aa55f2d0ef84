package dev.microcos.core.domain.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Documents: which one is in another, and that their hashes tell them apart. */
class DocumentTest {

  @Test
  void a_document_is_in_another_if_all_its_fields_are() {
    Document data =
        new Document("{\"a\":{\"x\":[1,\"}\"]},\"b\":\"q\\\"u,o\",\"c\":null,\"d\":12}");
    assertThat(data.holds(Document.EMPTY)).isTrue();
    assertThat(data.holds(new Document("{\"a\":{\"x\":[1,\"}\"]}}"))).isTrue();
    assertThat(data.holds(new Document("{\"b\":\"q\\\"u,o\",\"d\":12}"))).isTrue();
    assertThat(data.holds(new Document("{\"d\":1}"))).isFalse();
    assertThat(data.holds(new Document("{\"e\":1}"))).isFalse();
    assertThat(data.holds(new Document("{\"x\":[1,\"}\"]}"))).isFalse();
    assertThat(Document.EMPTY.holds(data)).isFalse();
    assertThat(new Document("[1]").hash()).isNotEqualTo(Document.EMPTY.hash());
  }
}
