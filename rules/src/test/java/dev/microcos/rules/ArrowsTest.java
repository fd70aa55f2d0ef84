package dev.microcos.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.microcos.rules.Classes.APPLICATION;
import static dev.microcos.rules.Classes.AWS;
import static dev.microcos.rules.Classes.CLI;
import static dev.microcos.rules.Classes.DOMAIN;
import static dev.microcos.rules.Classes.FUNCTIONS;
import static dev.microcos.rules.Classes.INFRA;
import static dev.microcos.rules.Classes.LOCAL;
import static dev.microcos.rules.Classes.SERVICES;
import static dev.microcos.rules.Classes.TESTKIT;
import static dev.microcos.rules.Classes.WIRE;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows between the modules: who may know whom. */
class ArrowsTest {
  @Test
  void domain_knows_the_jdk_only() {
    Classes.check(
        classes()
            .that()
            .resideInAPackage(DOMAIN + "..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(DOMAIN + "..", "java..", "org.jspecify.."),
        DOMAIN);
  }

  @Test
  void application_knows_the_domain_and_no_technology() {
    Classes.check(
        classes()
            .that()
            .resideInAPackage(APPLICATION + "..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                APPLICATION + "..", DOMAIN + "..", "java..", "javax.crypto..", "org.jspecify.."),
        APPLICATION,
        DOMAIN);
  }

  @Test
  void wire_knows_neither_aws_nor_what_runs_it() {
    Classes.check(
        noClasses()
            .that()
            .resideInAPackage(WIRE + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                AWS + "..", FUNCTIONS + "..", LOCAL + "..", CLI + "..", "software.amazon.."),
        WIRE,
        AWS);
  }

  @Test
  void core_knows_neither_functions_nor_local_nor_infrastructure() {
    Classes.check(
        noClasses()
            .that()
            .resideInAPackage("dev.microcos.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FUNCTIONS + "..", LOCAL + "..", INFRA + "..", CLI + ".."),
        DOMAIN,
        APPLICATION,
        WIRE,
        AWS,
        FUNCTIONS,
        LOCAL);
  }

  @Test
  void aws_is_talked_to_in_one_place() {
    Classes.check(
        noClasses()
            .that()
            .resideInAnyPackage(DOMAIN + "..", APPLICATION + "..", WIRE + "..", FUNCTIONS + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.."),
        AWS,
        FUNCTIONS);
  }

  @Test
  void functions_do_not_know_each_other() {
    Classes.check(
        slices().matching(FUNCTIONS + ".(*)..").should().notDependOnEachOther(),
        FUNCTIONS + ".ingress",
        FUNCTIONS + ".reducer",
        FUNCTIONS + ".realtime",
        FUNCTIONS + ".assistant",
        FUNCTIONS + ".steps");
  }

  @Test
  void functions_do_not_know_where_they_run() {
    Classes.check(
        noClasses()
            .that()
            .resideInAPackage(FUNCTIONS + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LOCAL + "..", INFRA + "..", CLI + ".."),
        FUNCTIONS,
        LOCAL);
  }

  @Test
  void infrastructure_names_functions_and_does_not_know_them() {
    Classes.check(
        classes()
            .that()
            .resideInAPackage(INFRA + "..")
            .should(
                onlyKnow(
                    "only itself and the workflows of this house",
                    (from, to) ->
                        Classes.isIn(to, INFRA)
                            || Classes.isIn(to, WIRE + ".workflow")
                            || Classes.isIn(to, WIRE + ".tool"))),
        INFRA,
        WIRE);
  }

  @Test
  void local_knows_functions_by_their_handlers_only() {
    Classes.check(
        noClasses()
            .that()
            .resideInAPackage(LOCAL + "..")
            .should()
            .dependOnClassesThat(
                DescribedPredicate.describe(
                    "functions' classes that are no handlers",
                    type ->
                        Classes.isIn(type, FUNCTIONS)
                            && !type.isAssignableTo(
                                "com.amazonaws.services.lambda.runtime.RequestHandler"))),
        LOCAL,
        FUNCTIONS);
  }

  @Test
  void a_service_knows_the_store_the_transport_and_the_engine_that_it_puts_on_the_wire() {
    Classes.check(
        classes()
            .that()
            .resideInAPackage(SERVICES + "..")
            .should(
                onlyKnow(
                    "only itself, the store, the transport and its engine of this house",
                    (from, to) ->
                        service(to).equals(service(from))
                            || (service(from).equals("stepfunctions")
                                && Classes.isIn(to, LOCAL + ".stepfunctions"))
                            || Set.of("store", "transport").contains(service(to)))),
        SERVICES + ".store",
        SERVICES + ".transport",
        SERVICES + ".dynamodb",
        SERVICES + ".sqs",
        SERVICES + ".apigateway",
        SERVICES + ".bedrock");
  }

  @Test
  void the_state_machine_engine_knows_nothing_else_of_this_house() {
    Classes.check(
        classes()
            .that()
            .resideInAPackage(LOCAL + ".stepfunctions..")
            .should(
                onlyKnow(
                    "only itself of this house",
                    (from, to) -> Classes.isIn(to, LOCAL + ".stepfunctions"))),
        LOCAL + ".stepfunctions");
  }

  @Test
  void only_the_command_and_the_bench_know_local() {
    Classes.check(
        noClasses()
            .that()
            .resideOutsideOfPackages(LOCAL + "..", CLI + "..", "dev.microcos.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LOCAL + ".."),
        LOCAL,
        CLI);
  }

  @Test
  void testkit_is_for_tests() {
    Classes.check(
        noClasses()
            .that()
            .resideOutsideOfPackage(TESTKIT + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TESTKIT + ".."),
        TESTKIT);
  }

  @Test
  void packages_are_named_as_their_folders() {
    List<Path> folders = Classes.folders();
    assertThat(folders).hasSizeGreaterThan(10);
    List<String> strays =
        Repository.javaFiles().stream()
            .map(Repository::name)
            .filter(name -> name.contains("/src/"))
            .filter(name -> !name.contains("/java/" + expectedPackage(name)))
            .toList();
    assertThat(strays).isEmpty();
  }

  private static String expectedPackage(String file) {
    String module = file.substring(0, file.indexOf("/src/"));
    return "dev/microcos/" + module.replace("-", "");
  }

  @Test
  void every_package_says_what_it_is_for_and_holds_no_null() {
    List<String> silent =
        Repository.javaFiles().stream()
            .map(file -> file.resolveSibling("package-info.java"))
            .distinct()
            .filter(file -> Repository.name(file).contains("/src/main/"))
            .filter(file -> !Files.isRegularFile(file))
            .map(Repository::name)
            .toList();
    assertThat(silent).isEmpty();
  }

  private interface Arrow {
    boolean allowed(JavaClass from, JavaClass to);
  }

  private static ArchCondition<JavaClass> onlyKnow(String what, Arrow arrow) {
    return new ArchCondition<>("know " + what) {
      @Override
      public void check(JavaClass from, ConditionEvents events) {
        from.getDirectDependenciesFromSelf().stream()
            .filter(known -> Classes.isIn(known.getTargetClass(), "dev.microcos"))
            .filter(known -> !arrow.allowed(from, known.getTargetClass()))
            .forEach(
                known -> events.add(SimpleConditionEvent.violated(known, known.getDescription())));
      }
    };
  }

  /** The first package below the services, or an empty text for a class elsewhere. */
  private static String service(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(SERVICES + ".")) {
      return "";
    }
    return name.substring(SERVICES.length() + 1).split("\\.", 2)[0];
  }
}
