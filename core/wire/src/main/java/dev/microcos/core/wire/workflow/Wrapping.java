package dev.microcos.core.wire.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Makes of an author's definition the one that Step Functions gets. Its first state takes the run
 * from the execution's input and goes to the state where the run is to begin; each step is told its
 * run, its own place and the state before it.
 */
final class Wrapping {
  /** The state that is put first. */
  static final String BEGIN = "Begin run";

  /** What is put behind a question's name for the state that gives the default answer. */
  static final String TIME_IS_UP = " (time is up)";

  /** The Java class of what a step throws when trying again may help; Lambda names errors so. */
  static final String RETRYABLE = "dev.microcos.functions.steps.Retryable";

  /** The Java class of what a step throws when trying again cannot help. */
  static final String PERMANENT = "dev.microcos.functions.steps.Permanent";

  /** How long the default answer may take to come back. */
  private static final int DEFAULT_ANSWER_SECONDS = 3600;

  private final ObjectNode definition;
  private final JsonNode manifest;
  private final Map<String, String> prompts;
  private int questions;

  private Wrapping(ObjectNode definition, JsonNode manifest, Map<String, String> prompts) {
    this.definition = definition;
    this.manifest = manifest;
    this.prompts = prompts;
  }

  /** The wrapped form of a definition that is in order; the definition stays as it is. */
  static ObjectNode wrap(ObjectNode definition, JsonNode manifest, Map<String, String> prompts) {
    return new Wrapping(definition.deepCopy(), manifest, prompts).wrap();
  }

  /** Whether the text is a JSONata expression rather than itself. */
  static boolean isExpression(String text) {
    return text.startsWith("{%") && text.endsWith("%}") && text.length() >= 4;
  }

  private ObjectNode wrap() {
    List<Place> places = Place.all(definition);
    List<String> names =
        places.stream().filter(place -> !place.isInBranch()).map(Place::name).toList();
    places.stream().filter(Place::isStep).forEach(this::step);
    ObjectNode states = Json.object();
    states.set(BEGIN, begin(names, definition.path("StartAt").asText()));
    states.setAll((ObjectNode) definition.path("States"));
    definition.put("StartAt", BEGIN);
    definition.set("States", states);
    String timeout = manifest.path("timeout").asText();
    if (!timeout.isEmpty() && !definition.has("TimeoutSeconds")) {
      definition.put("TimeoutSeconds", Duration.parse(timeout).toSeconds());
    }
    return definition;
  }

  private static ObjectNode begin(List<String> names, String startAt) {
    ObjectNode begin = Json.object().put("Type", "Choice");
    ArrayNode choices = begin.putArray("Choices");
    choices.add(rule("{% $not($exists($states.input.start_step)) %}", startAt));
    for (String name : names) {
      String quoted = name.replace("\\", "\\\\").replace("'", "\\'");
      choices.add(rule("{% $states.input.start_step = '" + quoted + "' %}", name));
    }
    return begin;
  }

  private static ObjectNode rule(String condition, String next) {
    ObjectNode rule =
        Json.object()
            .put("Condition", condition)
            .put("Output", "{% $states.input.state %}")
            .put("Next", next);
    rule.putObject("Assign").put("run", "{% $states.input.run %}");
    return rule;
  }

  private void step(Place place) {
    ObjectNode state = place.state();
    ObjectNode payload = (ObjectNode) place.payload();
    ObjectNode with = (ObjectNode) payload.path("with");
    if (!payload.has("title")) {
      payload.put("title", place.name());
    }
    templates(payload, with);
    payload.put("run", "{% $run %}");
    ObjectNode step = payload.putObject("step");
    step.put("execution", "{% $states.context.Execution.Id %}");
    step.put("state", "{% $states.context.State %}");
    if (place.maps() > 0) {
      step.put("index", "{% $states.context.Map.Item.Index %}");
    } else if (place.branch() >= 0) {
      step.put("index", place.branch());
    }
    payload.put("state", "{% $states.input %}");
    String into = payload.path("into").asText();
    if (place.waits()) {
      waiting(state, payload, step, with, into);
    } else if (!state.has("Output")) {
      state.put("Output", "{% $states.result.Payload %}");
    }
    if (state.has("Retry")) {
      errorNames(state.path("Retry"));
    } else {
      state.set("Retry", retry());
    }
    errorNames(state.path("Catch"));
    if (payload.path("handler").asText().equals("ask") && with.has("default")) {
      answersByDefault(place, payload);
    }
  }

  /** What stands in a file is put in, so that a run ends on the words that it began with. */
  private void templates(ObjectNode payload, ObjectNode with) {
    if (payload.path("handler").asText().equals("agent")) {
      String file = prompts.get(with.path("prompt").asText());
      if (file != null) {
        with.put("text", file);
      }
      if (manifest.has("models")) {
        payload.set("models", manifest.path("models"));
      }
    }
    ArrayNode templates = payload.arrayNode();
    for (Map.Entry<String, JsonNode> field : with.properties()) {
      String text = field.getValue().asText();
      if (text.contains("{{") && !isExpression(text)) {
        templates.add(field.getKey());
      }
    }
    if (!templates.isEmpty()) {
      payload.set("templates", templates);
    }
  }

  /** Where an author says what becomes of the state, it is not known before the next step. */
  private static void waiting(
      ObjectNode state, ObjectNode payload, ObjectNode step, ObjectNode with, String into) {
    payload.put("token", "{% $states.context.Task.Token %}");
    if (with.has("timeout")) {
      state.put("TimeoutSeconds", Duration.parse(with.path("timeout").asText()).toSeconds());
      with.remove("timeout");
    }
    step.set("timeout_seconds", state.path("TimeoutSeconds"));
    if (state.has("Output")) {
      payload.remove("into");
    } else {
      state.put(
          "Output",
          into.isEmpty()
              ? "{% $states.input %}"
              : "{% $merge([$states.input, {'" + into + "': $states.result}]) %}");
    }
  }

  /** Authors name the two kinds of failure in a word; Lambda names them by their class. */
  private static void errorNames(JsonNode rules) {
    for (JsonNode rule : rules) {
      if (rule.path("ErrorEquals") instanceof ArrayNode names) {
        for (int i = 0; i < names.size(); i++) {
          switch (names.get(i).asText()) {
            case "Retryable" -> names.set(i, names.textNode(RETRYABLE));
            case "Permanent" -> names.set(i, names.textNode(PERMANENT));
            default -> {}
          }
        }
      }
    }
  }

  /** What Lambda itself refuses for the moment, and what a step says may pass. */
  private static ArrayNode retry() {
    ArrayNode retry = Json.object().arrayNode();
    ObjectNode rule = retry.addObject();
    rule.putArray("ErrorEquals")
        .add(RETRYABLE)
        .add("Lambda.ServiceException")
        .add("Lambda.AWSLambdaException")
        .add("Lambda.SdkClientException")
        .add("Lambda.TooManyRequestsException");
    rule.put("IntervalSeconds", 1)
        .put("MaxAttempts", 4)
        .put("BackoffRate", 2)
        .put("MaxDelaySeconds", 30)
        .put("JitterStrategy", "FULL");
    return retry;
  }

  /**
   * When the time of a question with a default is up, one more state asks again under the same id
   * and answers itself: if somebody was faster by a hair, the log gives their answer to it.
   */
  private void answersByDefault(Place place, ObjectNode payload) {
    String asked = "asked_" + ++questions;
    ObjectNode state = place.state();
    ObjectNode again = state.deepCopy();
    ObjectNode same = (ObjectNode) again.at("/Arguments/Payload");
    same.put("expired", true);
    ((ObjectNode) same.path("step"))
        .put("state", "{% $" + asked + " %}")
        .put("asked_again", "{% $states.context.State.RetryCount + 1 %}")
        .put("timeout_seconds", DEFAULT_ANSWER_SECONDS);
    again.put("TimeoutSeconds", DEFAULT_ANSWER_SECONDS);
    place.scope().set(place.name() + TIME_IS_UP, again);

    ObjectNode catcher = payload.objectNode();
    catcher.putArray("ErrorEquals").add("States.Timeout");
    catcher.putObject("Assign").put(asked, "{% $states.context.State %}");
    catcher.put("Output", "{% $states.input %}").put("Next", place.name() + TIME_IS_UP);
    ArrayNode catchers = payload.arrayNode().add(catcher);
    state.path("Catch").forEach(catchers::add);
    state.set("Catch", catchers);
  }
}
