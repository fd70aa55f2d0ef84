package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.microcos.local.stepfunctions.json.Json;

/**
 * An execution in short, kept beside its history so that lists need not read that.
 *
 * @param stopMillis zero while it runs
 * @param changes how often its status changed, its start included
 * @param told of how many of these changes the listener knows
 */
public record Summary(
    String arn,
    String stateMachineArn,
    String name,
    Status status,
    long startMillis,
    long stopMillis,
    int redriveCount,
    long redriveMillis,
    int changes,
    int told) {

  static final String STREAM = "execution:";

  static Summary of(String arn, Course course, int told) {
    var started = course.started();
    return new Summary(
        arn,
        started.stateMachineArn(),
        started.name(),
        course.status,
        course.startMillis,
        course.stopMillis,
        course.redrives,
        course.redriveMillis,
        course.changes,
        told);
  }

  Summary toldOf(int count) {
    return new Summary(
        arn,
        stateMachineArn,
        name,
        status,
        startMillis,
        stopMillis,
        redriveCount,
        redriveMillis,
        changes,
        count);
  }

  String text() {
    return Json.text(Json.MAPPER.valueToTree(this));
  }

  static Summary read(String text) {
    try {
      return Json.MAPPER.readValue(text, Summary.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a summary cannot be read", e);
    }
  }
}
