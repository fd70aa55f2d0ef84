package dev.microcos.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What of AWS a handler can come to call, found by following its code: from a call of a port to
 * every adapter of it, and from the making of an object to all that others may call on it.
 */
final class Calls {
  /** The resource, by its name in the template, that an adapter's calls are about. */
  private static final Map<String, String> RESOURCE =
      Map.ofEntries(
          Map.entry("DynamoLog", "LogTable"),
          Map.entry("Snapshots", "LogTable"),
          Map.entry("CommitPages", "LogTable"),
          Map.entry("RunIndex", "LogTable"),
          Map.entry("DynamoArchive", "LogArchive"),
          Map.entry("DynamoOperations", "OperationsTable"),
          Map.entry("DynamoConnections", "SocketsTable"),
          Map.entry("DynamoWatching", "SocketsTable"),
          Map.entry("DynamoTickets", "SocketsTable"),
          Map.entry("PersonKeys", "KeysTable"),
          Map.entry("SqsInbox", "InboxQueue"),
          Map.entry("DeadLetters", "InboxDeadLetters"),
          Map.entry("SqsAssistantJobs", "AssistantQueue"));

  /** What DynamoPersonalData deletes from. */
  private static final List<String> PERSONAL =
      List.of("LogTable", "LogArchive", "OperationsTable", "SocketsTable");

  private static final Set<String> NOT_SENT = Set.of("builder", "close", "create", "serviceName");

  private final Set<JavaCodeUnit> seen = new HashSet<>();
  private final Deque<JavaCodeUnit> open = new ArrayDeque<>();
  private final Set<String> found = new TreeSet<>();

  private Calls() {}

  /** The actions with their resources that the handler of this class name needs. */
  static Set<String> of(String handler) {
    Calls calls = new Calls();
    calls.reach(Classes.ALL.get(handler).getCodeUnits().stream());
    while (!calls.open.isEmpty()) {
      calls.follow(calls.open.pop());
    }
    return calls.found;
  }

  private void reach(Stream<? extends JavaCodeUnit> units) {
    units.filter(seen::add).forEach(open::push);
  }

  private void follow(JavaCodeUnit unit) {
    Stream.of(
            unit.getCallsFromSelf().stream()
                .map(call -> Map.entry(call.getTargetOwner(), call.getName())),
            unit.getMethodReferencesFromSelf().stream()
                .map(call -> Map.entry(call.getTargetOwner(), call.getName())),
            unit.getConstructorReferencesFromSelf().stream()
                .map(call -> Map.entry(call.getTargetOwner(), call.getName())))
        .flatMap(each -> each)
        .forEach(call -> called(unit.getOwner(), call.getKey(), call.getValue()));
  }

  private void called(JavaClass from, JavaClass owner, String name) {
    if (owner.getName().startsWith("software.amazon.awssdk.services.")
        && owner.getSimpleName().endsWith("Client")
        && !NOT_SENT.contains(name)) {
      if (from.getSimpleName().equals("DynamoPersonalData")) {
        PERSONAL.forEach(table -> found.add("dynamodb:" + capitalized(name) + " " + table));
      } else {
        found.add(need(from, service(owner), name));
      }
    } else if (ours(owner)) {
      reach(
          Stream.concat(
                  Stream.concat(Stream.of(owner), owner.getAllRawSuperclasses().stream()),
                  owner.getAllSubclasses().stream())
              .filter(Calls::ours)
              .flatMap(each -> each.getCodeUnits().stream())
              .filter(unit -> unit.getName().equals(name)));
      if (name.equals(JavaConstructor.CONSTRUCTOR_NAME)) {
        reach(calledByOthers(owner));
      }
    }
  }

  /** An iterator of ours is called by the JDK, whose code is not followed. */
  private static Stream<JavaMethod> calledByOthers(JavaClass made) {
    boolean foreign =
        Stream.concat(made.getAllRawInterfaces().stream(), made.getAllRawSuperclasses().stream())
            .anyMatch(each ->
                !ours(each)
                    && !each.isEquivalentTo(Object.class)
                    && !each.isEquivalentTo(Record.class));
    return foreign ? made.getMethods().stream() : Stream.empty();
  }

  private static boolean ours(JavaClass type) {
    return List.of(Classes.APPLICATION, Classes.AWS, Classes.WIRE, Classes.FUNCTIONS).stream()
        .anyMatch(each -> Classes.isIn(type, each));
  }

  private static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String service(JavaClass client) {
    return client.getPackageName().substring("software.amazon.awssdk.services.".length());
  }

  private static String need(JavaClass from, String service, String name) {
    String action = capitalized(name).replace("Paginator", "");
    return switch (service) {
      case "kms" -> "kms:" + action + " KeysKey";
      case "apigatewaymanagementapi" -> "execute-api:ManageConnections";
      case "bedrockruntime" ->
          action.endsWith("Stream")
              ? "bedrock:InvokeModelWithResponseStream"
              : "bedrock:InvokeModel";
      case "dynamodb" -> "dynamodb:" + action + " " + resource(from, "KeysTable");
      case "sqs" ->
          action.equals("ChangeMessageVisibility")
              ? "sqs:" + action
              : "sqs:" + action + " " + resource(from, "InboxQueue");
      case "sfn" -> "states:" + action;
      default -> service + ":" + action;
    };
  }

  private static String resource(JavaClass adapter, String ofHealth) {
    JavaClass outer = adapter;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    if (outer.getSimpleName().equals("Health")) {
      return ofHealth;
    }
    String resource = RESOURCE.get(outer.getSimpleName());
    if (resource == null) {
      throw new AssertionError(
          outer.getName() + " calls AWS; say in " + Calls.class + " which resource it is about");
    }
    return resource;
  }
}
