package dev.microcos.local.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhooks, which no workflow that ships has: a folder of workflows with some, and how to sign. */
final class Webhooks {

  /** A webhook's name, which is that of its owner too. */
  static final String NAME = "courier";

  /** Another one, of somebody else. */
  static final String BUSY = "busy-courier";

  private static final String SECRET = "a secret that only the sender knows";

  private Webhooks() {}

  /**
   * The variables of a cloud whose workflows are those that ship and one for each webhook, which
   * its signal starts.
   *
   * @param folder where the workflows can be put
   */
  static Map<String, String> with(Path folder, Map<String, String> variables) {
    Path workflows = folder.resolve("workflows");
    copy(WorkflowsPath.of(Map.of()), workflows);
    Map<String, String> all = new HashMap<>(variables);
    for (String name : List.of(NAME, BUSY)) {
      write(workflows.resolve(name), name);
      all.put("WEBHOOK_SECRET_" + name.toUpperCase(Locale.ROOT).replace('-', '_'), SECRET);
    }
    all.put("WORKFLOWS", workflows.toString());
    return all;
  }

  /** The headers of a new delivery of this body. */
  static String[] signed(byte[] body) {
    return signed(body, "delivery " + UUID.randomUUID());
  }

  static String[] signed(byte[] body, String delivery) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String hex = HexFormat.of().formatHex(mac.doFinal(body));
      return new String[] {
        "X-Microcos-Signature", "sha256=" + hex, "X-Microcos-Delivery", delivery
      };
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Path folder, String name) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("definition.asl.json"),
          """
          {"QueryLanguage": "JSONata", "StartAt": "Came", "States": {"Came": {"Type": "Succeed"}}}
          """);
      Files.writeString(
          folder.resolve("workflow.json"),
          """
          {"title": "A parcel came", "input": {"type": "object"}, "triggers": [
            {"signal": "SIGNAL", "schema": {"type": "object", "required": ["number"],
              "properties": {"number": {"type": "integer"}}}},
            {"webhook": "NAME", "secret": "NAME", "owner": "NAME", "signal": "SIGNAL"}]}
          """
              .replace("NAME", name)
              .replace("SIGNAL", name.replace('-', '_') + "_came"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Path _ = Files.copy(file, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
