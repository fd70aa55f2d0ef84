package dev.microcos.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every Java file has the form that google-java-format gives it. With {@code -Dformat.apply} the
 * files are given it instead.
 */
class FormatTest {
  private static final String MEND = "mvn -q -pl rules test -Dtest=FormatTest -Dformat.apply";

  @Test
  void every_java_file_is_formatted() {
    List<Path> files = Repository.javaFiles();
    assertThat(files).as("Java files found").hasSizeGreaterThan(10);
    boolean apply = System.getProperty("format.apply") != null;

    List<String> arguments = new ArrayList<>();
    arguments.addAll(apply ? List.of("--replace") : List.of("--dry-run"));
    files.forEach(file -> arguments.add(file.toString()));
    StringWriter changed = new StringWriter();
    StringWriter problems = new StringWriter();
    int code =
        ToolProvider.findFirst("google-java-format")
            .orElseThrow()
            .run(
                new PrintWriter(changed, true),
                new PrintWriter(problems, true),
                arguments.toArray(String[]::new));

    assertThat(problems.toString()).isEmpty();
    assertThat(code).isZero();
    List<String> names =
        changed.toString().lines().map(name -> Repository.name(Path.of(name))).toList();
    assertThat(names).as("files to format; this command mends them: %s", MEND).isEmpty();
  }
}
