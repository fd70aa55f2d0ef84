package dev.microcos.local.stepfunctions.definition;

import static dev.microcos.local.stepfunctions.definition.Templates.AFTER;
import static dev.microcos.local.stepfunctions.definition.Templates.BEFORE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.stepfunctions.expression.Template;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one state: exactly the fields that its type has. */
final class StateReader {

  private static final int MOST_SECONDS = 99_999_999;
  private static final int MOST_BATCH_BYTES = 262_144;

  /** An address, or the name in braces that a deployment puts one in for. */
  private static final Pattern RESOURCE =
      Pattern.compile("arn:[^:]+:[^:]+:[^:]*:[^:]*:.+|\\$\\{[^}]+}");

  private final MachineReader.Scope scope;
  private final Templates templates;
  private final Element state;
  private final String name;
  private final Language language;

  StateReader(MachineReader.Scope scope, Element state, String name, Language language) {
    this.scope = scope;
    this.templates = scope.templates();
    this.state = state;
    this.name = name;
    this.language = language;
  }

  /** The state, or null if its type is none. */
  @Nullable State read() {
    state.text("Comment");
    String type = state.requireText("Type");
    State read =
        switch (type) {
          case "Pass" -> new State.Pass(name, output(BEFORE), assign(BEFORE), next());
          case "Task" -> task();
          case "Choice" -> choice();
          case "Wait" -> waiting();
          case "Succeed" -> new State.Succeed(name, output(BEFORE));
          case "Fail" ->
              new State.Fail(name, templates.text(state, "Error"), templates.text(state, "Cause"));
          case "Parallel" -> parallel();
          case "Map" -> map();
          default -> null;
        };
    if (read != null || type.isEmpty()) {
      finish(read);
    } else {
      state.fault(
          "Type",
          "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail,"
              + " Choice, Parallel, Map]");
    }
    return read;
  }

  private void finish(@Nullable State read) {
    if (read != null) {
      state.finish(language);
    } else if (!state.has("Type")) {
      state.fault("These fields are required: [Type]");
    }
  }

  private State task() {
    String resource = state.requireText("Resource");
    if (!resource.isEmpty() && !RESOURCE.matcher(resource).matches()) {
      state.fault(
          "Resource",
          "The resource provided "
              + resource
              + " is not recognized. The value is not a valid"
              + " resource ARN, or the resource is not available in this region.");
    }
    JsonNode timeout = templates.integer(state, "TimeoutSeconds", 1, MOST_SECONDS);
    JsonNode heartbeat = templates.integer(state, "HeartbeatSeconds", 1, MOST_SECONDS);
    if (timeout != null
        && heartbeat != null
        && timeout.isNumber()
        && heartbeat.isNumber()
        && heartbeat.doubleValue() >= timeout.doubleValue()) {
      state.fault("HeartbeatSeconds", "Value must be smaller than 'TimeoutSeconds'");
    }
    templates.any(state, "Credentials", BEFORE);
    Policies policies = policies();
    return new State.Task(
        name,
        resource,
        templates.object(state, "Arguments", BEFORE),
        output(AFTER),
        assign(AFTER),
        timeout,
        heartbeat,
        policies.retry(state, language),
        policies.catches(state, language),
        next());
  }

  private State choice() {
    List<Choice> choices = state.requireElements("Choices").stream().map(this::rule).toList();
    return new State.Choices(name, choices, state.text("Default"), output(BEFORE), assign(BEFORE));
  }

  private Choice rule(Element rule) {
    rule.text("Comment");
    Choice choice =
        new Choice(
            templates.truth(rule, "Condition"),
            rule.requireText("Next"),
            templates.any(rule, "Output", BEFORE),
            scope.variables().assign(rule, BEFORE));
    rule.finish(language);
    return choice;
  }

  private State waiting() {
    JsonNode seconds = templates.integer(state, "Seconds", 0, MOST_SECONDS);
    JsonNode timestamp = templates.text(state, "Timestamp");
    if ((seconds == null) == (timestamp == null)) {
      state.fault("A Wait state has exactly one of these fields: [Seconds, Timestamp]");
    }
    if (timestamp != null && timestamp.isTextual() && !Template.isExpression(timestamp)) {
      try {
        OffsetDateTime.parse(timestamp.textValue());
      } catch (DateTimeParseException e) {
        state.fault("Timestamp", "String does not match RFC3339 timestamp");
      }
    }
    return new State.Wait(name, seconds, timestamp, output(BEFORE), assign(BEFORE), next());
  }

  private State parallel() {
    JsonNode arguments = templates.object(state, "Arguments", BEFORE);
    JsonNode output = output(AFTER);
    JsonNode assign = assign(AFTER);
    Policies policies = policies();
    List<Retrier> retry = policies.retry(state, language);
    List<Catcher> catches = policies.catches(state, language);
    List<States> branches = state.requireElements("Branches").stream().map(this::inner).toList();
    return new State.Parallel(name, branches, arguments, output, assign, retry, catches, next());
  }

  private State map() {
    JsonNode output = output(AFTER);
    JsonNode assign = assign(AFTER);
    Policies policies = policies();
    List<Retrier> retry = policies.retry(state, language);
    List<Catcher> catches = policies.catches(state, language);
    // Iterator is the older name, which AWS still takes.
    String field =
        state.has("Iterator") && !state.has("ItemProcessor") ? "Iterator" : "ItemProcessor";
    Element processor = state.requireElement(field);
    return new State.Map(
        name,
        state.has(field) ? processor(processor) : new States("", java.util.Map.of()),
        templates.array(state, "Items", BEFORE),
        templates.any(state, "ItemSelector", BEFORE),
        batcher(),
        templates.integer(state, "MaxConcurrency", 0, Integer.MAX_VALUE),
        templates.integer(state, "ToleratedFailureCount", 0, Integer.MAX_VALUE),
        templates.number(state, "ToleratedFailurePercentage", 0, 100),
        output,
        assign,
        retry,
        catches,
        next());
  }

  private States processor(Element processor) {
    if (processor.get("ProcessorConfig") != null) {
      Element config = processor.requireElement("ProcessorConfig");
      String mode = config.text("Mode");
      if (mode != null && !mode.isEmpty() && !mode.equals("INLINE")) {
        config.fault("Mode", "The Mode '" + mode + "' is not supported, only 'INLINE' is");
      }
      config.finish(language);
    }
    return inner(processor);
  }

  private States inner(Element container) {
    container.text("Comment");
    States states = scope.machine().states(container, scope.variables().visible());
    container.finish(language);
    return states;
  }

  private @Nullable ItemBatcher batcher() {
    if (!state.has("ItemBatcher")) {
      return null;
    }
    Element batcher = state.requireElement("ItemBatcher");
    if (!batcher.has("MaxItemsPerBatch") && !batcher.has("MaxInputBytesPerBatch")) {
      batcher.fault("At least one is required: [MaxItemsPerBatch, MaxInputBytesPerBatch]");
    }
    ItemBatcher read =
        new ItemBatcher(
            templates.integer(batcher, "MaxItemsPerBatch", 1, Integer.MAX_VALUE),
            templates.integer(batcher, "MaxInputBytesPerBatch", 1, MOST_BATCH_BYTES),
            templates.object(batcher, "BatchInput", BEFORE));
    batcher.finish(language);
    return read;
  }

  private Policies policies() {
    return new Policies(templates, scope.variables());
  }

  private @Nullable JsonNode output(Set<String> states) {
    return templates.any(state, "Output", states);
  }

  private @Nullable JsonNode assign(Set<String> states) {
    return scope.variables().assign(state, states);
  }

  /** The next state's name, or null at the end; exactly one of both fields is there. */
  private @Nullable String next() {
    String next = state.text("Next");
    JsonNode end = state.get("End");
    if (end != null && !(end.isBoolean() && end.booleanValue())) {
      state.fault("End", "Value should be one of the following: [true]");
    }
    if ((next == null) == (end == null)) {
      state.fault("Exactly one of these fields is required: [Next, End]");
    }
    return next;
  }
}
