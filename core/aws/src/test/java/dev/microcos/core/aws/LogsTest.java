package dev.microcos.core.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.slf4j.Log4jLoggerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a function writes to its log on Lambda, where the class path has our configuration. */
class LogsTest {

  private static final PrintStream OUT = System.out;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LoggerContext context =
      new LoggerContext("lambda", null, URI.create("classpath:log4j2.xml"));

  @BeforeEach
  void begin() {
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    context.start();
  }

  @AfterEach
  void end() {
    context.stop();
    System.setOut(OUT);
  }

  private List<JsonNode> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().map(LogsTest::json).toList();
  }

  private static JsonNode json(String line) {
    return Json.tree(line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_line_is_an_object_with_the_ids_that_it_is_about() {
    ThreadContext.put("request_id", "req_1");
    try {
      context.getLogger("dev.microcos.functions").info("a duplicate");
    } finally {
      ThreadContext.remove("request_id");
    }
    assertThat(lines()).hasSize(1);
    assertThat(lines().getFirst().path("level").asText()).isEqualTo("INFO");
    assertThat(lines().getFirst().path("message").asText()).isEqualTo("a duplicate");
    assertThat(lines().getFirst().path("request_id").asText()).isEqualTo("req_1");
  }

  /** The SDK would bring an SLF4J that does not find Log4j, and be silent about it. */
  @Test
  void functions_log_to_it() {
    assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(Log4jLoggerFactory.class);
  }

  @Test
  void libraries_are_heard_when_they_warn() {
    context.getLogger("software.amazon.awssdk").info("fine");
    context.getLogger("software.amazon.awssdk").warn("not so fine");
    context.getLogger("com.networknt.schema.keyword").warn("Unknown keyword x-private");
    assertThat(lines())
        .extracting(line -> line.path("message").asText())
        .containsExactly("not so fine");
  }
}
