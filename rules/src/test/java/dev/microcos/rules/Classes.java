package dev.microcos.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The compiled main classes of all modules. */
final class Classes {
  static final String DOMAIN = "dev.microcos.core.domain";
  static final String APPLICATION = "dev.microcos.core.application";
  static final String WIRE = "dev.microcos.core.wire";
  static final String AWS = "dev.microcos.core.aws";
  static final String TESTKIT = "dev.microcos.core.testkit";
  static final String FUNCTIONS = "dev.microcos.functions";
  static final String INFRA = "dev.microcos.infracdk";
  static final String SERVICES = "dev.microcos.local.services";
  static final String LOCAL = "dev.microcos.local";
  static final String CLI = "dev.microcos.cli";

  /** All of them, read once. */
  static final JavaClasses ALL = new ClassFileImporter().importPaths(folders());

  private Classes() {}

  /** Checks the rule, after proving that each of the packages it speaks of has classes. */
  static void check(ArchRule rule, String... packages) {
    for (String name : packages) {
      assertThat(in(name)).as("compiled classes in %s; build all modules first", name).isNotEmpty();
    }
    rule.check(ALL);
  }

  /** The classes in a package and those below it. */
  static List<JavaClass> in(String name) {
    return ALL.stream().filter(type -> isIn(type, name)).toList();
  }

  /** Whether a class lies in a package or below it. */
  static boolean isIn(JavaClass type, String name) {
    return (type.getPackageName() + ".").startsWith(name + ".");
  }

  /** Every folder of compiled main classes. */
  static List<Path> folders() {
    try (Stream<Path> files = Files.find(Repository.ROOT, 4, (path, what) -> what.isDirectory())) {
      return files
          .filter(path -> path.endsWith(Path.of("target", "classes")))
          .filter(path -> Files.isRegularFile(path.resolveSibling("../pom.xml").normalize()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
