package dev.microcos.local.stepfunctions.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.json.Json;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The integrations of AWS that there are here: {@code lambda:invoke}, a function's ARN, {@code
 * sqs:sendMessage}, {@code events:putEvents}, and {@code aws-sdk} calls, which are passed on. Each
 * task has a virtual thread of its own.
 */
public final class AwsIntegrations implements Integrations {

  private final Functions functions;
  private final AwsCalls calls;

  /** Integrations by these functions and services. */
  public AwsIntegrations(Functions functions, AwsCalls calls) {
    this.functions = functions;
    this.calls = calls;
  }

  @Override
  public CompletableFuture<JsonNode> begin(TaskRequest request) {
    CompletableFuture<JsonNode> future = new CompletableFuture<>();
    AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .name("task-" + request.service() + ":" + request.action())
            .unstarted(() -> {
              try {
                boolean _ = future.complete(carryOut(request));
              } catch (TaskFailure | RuntimeException | StackOverflowError e) {
                boolean _ = future.completeExceptionally(e);
              } finally {
                worker.set(null);
              }
            });
    worker.set(thread);
    var _ =
        future.whenComplete((answer, failure) -> {
          Thread running = worker.get();
          if (future.isCancelled() && running != null) {
            running.interrupt();
          }
        });
    thread.start();
    return future;
  }

  private JsonNode carryOut(TaskRequest request) throws TaskFailure {
    JsonNode arguments = request.arguments();
    String service = request.service();
    if (service.equals(Event.TaskScheduled.FUNCTION)) {
      return functions.invoke(request.action(), arguments);
    }
    return switch (service + ":" + request.action()) {
      case "lambda:invoke" -> invoke(request, arguments);
      case "sqs:sendMessage" ->
          Answers.withMetadata(
              ask(service, request.action(), "SQS", withText(arguments, "MessageBody")),
              request.key());
      case "events:putEvents" -> putEvents(request, arguments);
      default -> {
        if (service.startsWith("aws-sdk:")) {
          String name = service.substring("aws-sdk:".length());
          yield ask(name, request.action(), capital(name), arguments);
        }
        throw new TaskFailure(
            "States.Runtime",
            "The resource " + service + ":" + request.action() + " is not supported here");
      }
    };
  }

  private JsonNode invoke(TaskRequest request, JsonNode arguments) throws TaskFailure {
    JsonNode payload = arguments.has("Payload") ? arguments.path("Payload") : Json.object();
    String function = arguments.path("FunctionName").asText();
    if (arguments.path("InvocationType").asText().equals("Event")) {
      Thread _ =
          Thread.ofVirtual()
              .name("task-lambda-event")
              .start(() -> {
                try {
                  JsonNode _ = functions.invoke(function, payload);
                } catch (TaskFailure e) {
                  System.getLogger(AwsIntegrations.class.getName())
                      .log(System.Logger.Level.WARNING, function + " failed", e);
                }
              });
      return Answers.invocation(Json.object(), 202, request.key());
    }
    return Answers.invocation(functions.invoke(function, payload), 200, request.key());
  }

  private JsonNode putEvents(TaskRequest request, JsonNode arguments) throws TaskFailure {
    ObjectNode events = arguments.deepCopy();
    for (JsonNode entry : events.path("Entries")) {
      if (entry instanceof ObjectNode object && object.has("Detail")) {
        object.put("Detail", text(object.path("Detail")));
      }
    }
    ObjectNode answer = ask("events", request.action(), "EventBridge", events);
    if (answer.path("FailedEntryCount").asInt() > 0) {
      throw new TaskFailure("EventBridge.FailedEntry", Json.text(answer));
    }
    return answer;
  }

  private ObjectNode ask(String service, String action, String errors, JsonNode arguments)
      throws TaskFailure {
    AwsCalls.AwsAnswer answer = calls.call(service, capital(action), arguments);
    if (answer.status() >= 300) {
      String type = answer.body().path("__type").asText("Unknown");
      String name = type.substring(type.indexOf('#') + 1);
      throw new TaskFailure(
          errors + "." + (name.endsWith("Exception") ? name : name + "Exception"),
          answer.body().path("message").asText(answer.body().path("Message").asText())
              + " (Service: "
              + errors
              + ", Status Code: "
              + answer.status()
              + ")");
    }
    return answer.body() instanceof ObjectNode object ? object : Json.object();
  }

  private static ObjectNode withText(JsonNode arguments, String member) {
    ObjectNode copy = arguments.deepCopy();
    if (copy.has(member)) {
      copy.put(member, text(copy.path(member)));
    }
    return copy;
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : Json.text(value);
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
