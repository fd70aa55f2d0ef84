package dev.microcos.local.stepfunctions.task;

import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.task.TaskRequest.Pattern;

/**
 * What a Task's Resource names.
 *
 * @param type as the history tells it: {@code lambda}, {@code aws-sdk:dynamodb}
 * @param name as the history tells it: {@code invoke.waitForTaskToken}
 * @param action the name without its pattern
 */
public record Resource(String type, String name, String action, Pattern pattern) {

  private static final String PREFIX = ":states:::";

  /** Reads a Resource: {@code arn:aws:states:::lambda:invoke}, or the ARN of a function. */
  public static Resource of(String arn) {
    int start = arn.indexOf(PREFIX);
    if (start < 0) {
      return new Resource(Event.TaskScheduled.FUNCTION, arn, arn, Pattern.RESPONSE);
    }
    String rest = arn.substring(start + PREFIX.length());
    int typeEnd = rest.indexOf(':', rest.startsWith("aws-sdk:") ? "aws-sdk:".length() : 0);
    return of(rest.substring(0, typeEnd), rest.substring(typeEnd + 1));
  }

  /** The resource of these as the history tells them. */
  public static Resource of(String type, String name) {
    if (type.equals(Event.TaskScheduled.FUNCTION)) {
      return new Resource(type, name, name, Pattern.RESPONSE);
    }
    int dot = name.indexOf('.');
    String action = dot < 0 ? name : name.substring(0, dot);
    Pattern pattern =
        dot < 0
            ? Pattern.RESPONSE
            : name.endsWith(".waitForTaskToken") ? Pattern.TOKEN : Pattern.SYNC;
    return new Resource(type, name, action, pattern);
  }
}
