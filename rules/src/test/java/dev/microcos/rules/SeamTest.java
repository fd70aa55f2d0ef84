package dev.microcos.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.microcos.rules.Classes.APPLICATION;
import static dev.microcos.rules.Classes.AWS;
import static dev.microcos.rules.Classes.DOMAIN;
import static dev.microcos.rules.Classes.FUNCTIONS;
import static dev.microcos.rules.Classes.TESTKIT;
import static dev.microcos.rules.Classes.WIRE;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Environment, time and randomness come from the host, so that nothing else can depend on them. */
class SeamTest {
  private static final String HOST = AWS + ".Host";

  private static final Set<String> CALLS =
      Set.of(
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Math.random",
          "java.time.InstantSource.system",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.util.random.RandomGenerator.getDefault",
          "java.util.random.RandomGenerator.of",
          "java.security.SecureRandom.getInstanceStrong",
          "java.security.SecureRandom.getInstance");

  private static final Set<String> MADE =
      Set.of("java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom");

  private static final DescribedPredicate<JavaAccess<?>> OUTSIDE =
      DescribedPredicate.describe(
          "reads environment, time or randomness", access -> isOutside(access.getTarget()));

  @Test
  void only_the_host_reads_environment_time_and_randomness() {
    Classes.check(
        noClasses()
            .that()
            .resideInAnyPackage("dev.microcos.core..", FUNCTIONS + "..")
            .and()
            .resideOutsideOfPackage(TESTKIT + "..")
            .and()
            .doNotHaveFullyQualifiedName(HOST)
            .should()
            .accessTargetWhere(OUTSIDE),
        DOMAIN,
        APPLICATION,
        WIRE,
        AWS,
        FUNCTIONS);
    assertThat(Classes.ALL.get(HOST).getAccessesFromSelf())
        .as("the host itself is seen reading them")
        .anyMatch(access -> isOutside(access.getTarget()));
  }

  @Test
  void domain_neither_reads_nor_writes_nor_waits() {
    Classes.check(
        noClasses()
            .that()
            .resideInAPackage(DOMAIN + "..")
            .should()
            .dependOnClassesThat(
                DescribedPredicate.describe(
                    "files, sockets, threads or clocks", SeamTest::isTechnology)),
        DOMAIN);
  }

  @Test
  void each_way_around_the_host_is_seen() {
    JavaClass sample = new ClassFileImporter().importClass(Around.class);
    assertThat(sample.getMethods())
        .isNotEmpty()
        .allSatisfy(method ->
            assertThat(method.getAccessesFromSelf())
                .as(method.getName())
                .anyMatch(access -> isOutside(access.getTarget())));
  }

  private static boolean isOutside(AccessTarget target) {
    String owner = target.getOwner().getFullName();
    if (target.getName().equals("<init>")) {
      return MADE.contains(owner)
          || (owner.equals("java.util.Date") && parameters(target).isEmpty());
    }
    if (owner.startsWith("java.time.") && target.getName().equals("now")) {
      return !parameters(target).contains("Clock");
    }
    if (owner.equals("java.time.Clock")) {
      return target.getName().startsWith("system") || target.getName().startsWith("tick");
    }
    return CALLS.contains(owner + "." + target.getName());
  }

  private static String parameters(AccessTarget target) {
    return target instanceof AccessTarget.CodeUnitAccessTarget code
        ? String.join(",", code.getRawParameterTypes().stream().map(JavaClass::getName).toList())
        : "";
  }

  private static boolean isTechnology(JavaClass type) {
    String name = type.getPackageName();
    return name.equals("java.io")
        || name.startsWith("java.nio.file")
        || name.startsWith("java.nio.channels")
        || name.startsWith("java.net")
        || name.startsWith("java.sql")
        || name.startsWith("java.util.concurrent")
        || Set.of(
                "java.lang.Thread",
                "java.lang.ProcessHandle",
                "java.lang.Process",
                "java.time.Clock")
            .contains(type.getFullName());
  }

  /** One method for each way, to prove that the rule would see it. */
  @SuppressWarnings({"unused", "JavaTimeDefaultTimeZone", "TimeZoneUsage"})
  private static final class Around {
    private Around() {}

    static String environment() {
      return System.getenv().toString();
    }

    static long millis() {
      return System.currentTimeMillis();
    }

    static Instant instant() {
      return Instant.now();
    }

    static LocalDate date() {
      return LocalDate.now(java.time.ZoneOffset.UTC);
    }

    static Clock clock() {
      return Clock.systemUTC();
    }

    static UUID uuid() {
      return UUID.randomUUID();
    }

    static Random random() {
      return new Random();
    }

    static double number() {
      return Math.random();
    }
  }
}
