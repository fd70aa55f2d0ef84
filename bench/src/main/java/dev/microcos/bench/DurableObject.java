package dev.microcos.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The Durable Object original: {@code peers/workerd/person.mjs} under miniflare, as {@code wrangler
 * dev} would run it, or on bare workerd without miniflare's entry worker and its node process.
 *
 * @param folder the folder of the peer
 * @param bare whether without miniflare
 */
record DurableObject(Path folder, boolean bare) implements Contender {

  @Override
  public String name() {
    return bare ? "workerd-bare" : "workerd";
  }

  @Override
  public String version() throws IOException {
    String workerd = versionOf("workerd");
    return bare
        ? "workerd " + workerd
        : "miniflare " + versionOf("miniflare") + ", workerd " + workerd;
  }

  private String versionOf(String module) throws IOException {
    Path manifest = folder.resolve("node_modules").resolve(module).resolve("package.json");
    return new ObjectMapper().readTree(manifest.toFile()).path("version").asText();
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    if (Files.isDirectory(folder.resolve("node_modules/workerd"))) {
      return;
    }
    Process npm =
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
            .directory(folder.toFile())
            .inheritIO()
            .start();
    if (npm.waitFor() != 0) {
      throw new IOException("npm ci failed in " + folder + "; the peer needs Node 20 or later.");
    }
  }

  @Override
  public List<String> command(Ports ports, Path data) {
    if (bare) {
      return List.of(
          folder.resolve("node_modules/workerd/bin/workerd").toString(),
          "serve",
          folder.resolve("bare.capnp").toString(),
          "--socket-addr=http=127.0.0.1:" + ports.web(),
          "--directory-path=disk=" + data);
    }
    String web = Integer.toString(ports.web());
    return List.of("node", folder.resolve("serve.mjs").toString(), web, data.toString());
  }

  @Override
  public Map<String, String> environment() {
    return Map.of();
  }

  @Override
  public Endpoint endpoint(Ports ports) {
    URI base = Contender.loopback(ports.web());
    return new Endpoint(base, base);
  }

  @Override
  public boolean streams() {
    return false;
  }
}
