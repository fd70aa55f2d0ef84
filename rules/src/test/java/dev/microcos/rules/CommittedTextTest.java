package dev.microcos.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No committed text holds a secret, a path of someone's machine or the host of a registry. */
class CommittedTextTest {
  private static final Map<String, Pattern> REFUSED = refused();

  @Test
  void no_file_holds_what_must_not_be_published() throws Exception {
    List<Path> files = Repository.committedFiles();
    assumeThat(files).as("no git here, so what is committed is not known").isNotEmpty();
    assertThat(files).hasSizeGreaterThan(20);

    List<String> found = new ArrayList<>();
    for (Path file : files) {
      String text = text(file);
      for (Map.Entry<String, Pattern> rule : REFUSED.entrySet()) {
        // Only the place is told: a report must not spread what it found.
        rule.getValue()
            .matcher(text)
            .results()
            .map(hit -> text.substring(0, hit.start()).lines().count())
            .forEach(line -> found.add(Repository.name(file) + ":" + line + " " + rule.getKey()));
      }
    }
    assertThat(found).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "see /ho~me/somebody/src",
        "\"/ro~ot/.m2\"",
        "\"resol~ved\": \"https://npm.example.org/a.tgz\"",
        "<mir~ror>",
        "regis~try=https://npm.example.org/",
        "http://build.example.inter~nal/",
        "at 10.1~.2.3:80",
        "AK~IAABCDEFGHIJKLMNOP",
        "-----BEGIN RSA PRI~VATE KEY-----",
        "gh~p_abcdefghijklmnopqrstuvwxyz0123456789",
        "aws_secret_access_key = abcdefghijklmnopqrstuvwxyzABCDEFGHIJ~KLMN"
      })
  void each_kind_is_found(String sample) {
    String text = sample.replace("~", "");
    assertThat(REFUSED.values()).anyMatch(pattern -> pattern.matcher(text).find());
  }

  private static String text(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (byte b : bytes) {
      if (b == 0) {
        return "";
      }
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Map<String, Pattern> refused() {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put(
        "a path of one machine",
        "(?<![\\w.:/])/(?:root|work|home/\\w+|Users/\\w+)/|[A-Z]:\\\\Users\\\\");
    rules.put("the host of a registry, in a lock file", "\"resolved\":\\s*\"https?:");
    rules.put("a repository or mirror of its own", "<(?:mirror|repository|pluginRepository)>");
    rules.put("the host of a registry", "registry\\s*=\\s*https?:");
    rules.put(
        "a host inside some network", "https?://[\\w.-]+\\.(?:internal|lan|corp|intranet)\\b");
    rules.put(
        "an address inside some network",
        "(?<![\\w.])(?:10\\.\\d+|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.\\d+\\.\\d+(?![\\w.])");
    rules.put("an AWS access key", "\\b(?:AKIA|ASIA)(?![A-Z0-9]*EXAMPLE)[A-Z0-9]{16}\\b");
    rules.put("an AWS secret key", "(?i)aws_secret_access_key\\s*[=:]\\s*[\"']?[a-z0-9/+]{40}\\b");
    rules.put("a private key", "-----BEGIN [A-Z ]*PRIVATE KEY");
    rules.put(
        "a token", "\\b(?:gh[pousr]_\\w{30,}|xox[abp]-[\\w-]{10,}|sk-\\w{32,}|AIza[\\w-]{35})");
    rules.put("a signed token", "\\beyJ[\\w-]{16,}\\.eyJ[\\w-]{16,}\\.[\\w-]{16,}");
    Map<String, Pattern> patterns = new LinkedHashMap<>();
    rules.forEach((what, pattern) -> patterns.put(what, Pattern.compile(pattern)));
    return patterns;
  }
}
