package dev.microcos.local.stepfunctions.definition;

import java.util.Set;
import java.util.regex.Pattern;

/** What a state says of its query language, and how a field that it does not have is refused. */
enum Language {
  JSONATA,
  JSONPATH;

  private static final Set<String> OF_JSONPATH =
      Set.of(
          "InputPath",
          "OutputPath",
          "ResultPath",
          "ResultSelector",
          "Parameters",
          "Result",
          "Variable",
          "And",
          "Or",
          "Not");
  private static final Pattern PATHS = Pattern.compile("[A-Z][A-Za-z]+Path");
  private static final Pattern COMPARISONS =
      Pattern.compile(
          "(String|Numeric|Boolean|Timestamp)(Equals|LessThan|GreaterThan|Matches)\\w*"
              + "|Is(Present|Null|String|Numeric|Boolean|Timestamp)");
  private static final Set<String> OF_DISTRIBUTED_MAPS =
      Set.of("ItemReader", "ResultWriter", "Label", "ExecutionType");

  /** Why this field cannot be here. */
  String refusal(String field) {
    if (isOfJsonPath(field)) {
      return this == JSONATA
          ? "The QueryLanguage is set to 'JSONata', but field '"
              + field
              + "' is only supported for the 'JSONPath' QueryLanguage"
          : "Field '" + field + "' is of the 'JSONPath' QueryLanguage, which is not supported";
    }
    if (OF_DISTRIBUTED_MAPS.contains(field)) {
      return "Field '" + field + "' is of a DISTRIBUTED Map, which is not supported";
    }
    return "Field '" + field + "' is not supported";
  }

  private static boolean isOfJsonPath(String field) {
    return OF_JSONPATH.contains(field)
        || PATHS.matcher(field).matches()
        || COMPARISONS.matcher(field).matches();
  }
}
