package dev.microcos.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The docs show every workflow as its definition is now. With {@code -Dpictures.apply} the pages
 * are written instead.
 */
class WorkflowPicturesTest {
  private static final String RENEW =
      "mvn -q -pl rules test -Dtest=WorkflowPicturesTest -Dpictures.apply";
  private static final Path PAGES = Repository.ROOT.resolve("docs/workflows");

  @Test
  void the_pages_show_the_definitions() throws Exception {
    Map<String, String> pages = new TreeMap<>();
    for (Path folder : entries(Repository.ROOT.resolve("statemachines"))) {
      if (Files.exists(folder.resolve("definition.asl.json"))) {
        pages.put(folder.getFileName() + ".md", WorkflowPicture.page(folder, RENEW));
      }
    }
    assertThat(pages).as("workflows found").isNotEmpty();
    if (System.getProperty("pictures.apply") != null) {
      write(pages);
    }

    assertThat(written()).as("docs/workflows is stale; this renews it: %s", RENEW).isEqualTo(pages);
  }

  private static void write(Map<String, String> pages) throws IOException {
    Files.createDirectories(PAGES);
    for (Path old : entries(PAGES)) {
      Files.delete(old);
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
    }
  }

  private static Map<String, String> written() throws IOException {
    Map<String, String> pages = new TreeMap<>();
    for (Path page : entries(PAGES)) {
      pages.put(page.getFileName().toString(), Files.readString(page));
    }
    return pages;
  }

  private static List<Path> entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
