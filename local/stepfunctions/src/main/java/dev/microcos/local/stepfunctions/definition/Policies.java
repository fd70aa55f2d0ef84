package dev.microcos.local.stepfunctions.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads what a state does about its failures. */
final class Policies {

  private static final String ALL = "States.ALL";
  private static final int MOST = 99_999_999;
  private static final int MOST_DELAY = 31_622_400;

  /** The names that AWS keeps to itself. */
  private static final Set<String> RESERVED =
      Set.of(
          ALL,
          "States.BranchFailed",
          "States.DataLimitExceeded",
          "States.ExceedToleratedFailureThreshold",
          "States.HeartbeatTimeout",
          "States.Http.Socket",
          "States.IntrinsicFailure",
          "States.ItemReaderFailed",
          "States.NoChoiceMatched",
          "States.ParameterPathFailure",
          "States.Permissions",
          "States.QueryEvaluationError",
          "States.ResultPathMatchFailure",
          "States.ResultWriterFailed",
          "States.Runtime",
          "States.TaskFailed",
          "States.Timeout");

  private final Templates templates;
  private final Variables variables;

  Policies(Templates templates, Variables variables) {
    this.templates = templates;
    this.variables = variables;
  }

  List<Retrier> retry(Element state, Language language) {
    return list(state, "Retry", language, this::retrier);
  }

  List<Catcher> catches(Element state, Language language) {
    return list(state, "Catch", language, this::catcher);
  }

  private static <T> List<T> list(
      Element state, String field, Language language, BiFunction<Element, List<String>, T> read) {
    List<Element> elements = state.elements(field);
    List<T> policies = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      Element element = elements.get(i);
      element.text("Comment");
      policies.add(read.apply(element, errors(element, i == elements.size() - 1)));
      element.finish(language);
    }
    return policies;
  }

  private static List<String> errors(Element element, boolean last) {
    JsonNode value = element.require("ErrorEquals");
    List<String> errors = new ArrayList<>();
    if (value.isMissingNode()) {
      return errors;
    }
    if (!value.isArray()) {
      element.fault("ErrorEquals", "Expected value of type [ARRAY]");
      return errors;
    }
    if (value.isEmpty()) {
      element.fault("ErrorEquals", "Value cannot be empty");
    }
    for (int i = 0; i < value.size(); i++) {
      JsonNode error = value.get(i);
      String at = "ErrorEquals[" + i + "]";
      if (!error.isTextual()) {
        element.fault(at, "Expected value of type [STRING]");
      } else if (error.textValue().startsWith("States.") && !RESERVED.contains(error.textValue())) {
        element.fault(
            at, "'" + error.textValue() + "' is not an error name of the States Language");
      }
      errors.add(error.asText());
    }
    if (errors.contains(ALL) && (errors.size() > 1 || !last)) {
      element.fault("ErrorEquals", "'States.ALL' must appear alone, and in the last element");
    }
    return errors;
  }

  private Retrier retrier(Element element, List<String> errors) {
    int interval = element.seconds("IntervalSeconds", 1, 1);
    Integer attempts = element.integer("MaxAttempts", 0, MOST);
    Integer longest = element.integer("MaxDelaySeconds", 1, MOST_DELAY);
    if (longest != null && longest <= interval && element.has("IntervalSeconds")) {
      element.fault("MaxDelaySeconds", "Value must be greater than 'IntervalSeconds'");
    }
    JsonNode rate = element.get("BackoffRate");
    if (rate != null && !Element.isWithin(rate, 1, Double.MAX_VALUE)) {
      element.fault("BackoffRate", "Expected a number of at least 1.0");
    }
    String jitter = element.oneOf("JitterStrategy", List.of("FULL", "NONE"));
    return new Retrier(
        errors,
        interval,
        attempts == null ? 3 : attempts,
        rate == null ? 2.0 : rate.doubleValue(),
        longest,
        "FULL".equals(jitter));
  }

  private Catcher catcher(Element element, List<String> errors) {
    return new Catcher(
        errors,
        element.requireText("Next"),
        templates.any(element, "Output", Templates.CAUGHT),
        variables.assign(element, Templates.CAUGHT));
  }
}
