package dev.microcos.local.stepfunctions.machine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state machine as it is now.
 *
 * @param definition the key of its definition
 * @param revisionId absent until it is updated, as with AWS
 */
public record Machine(
    String arn,
    String name,
    String roleArn,
    String definition,
    long createdMillis,
    long updatedMillis,
    @Nullable String revisionId,
    boolean tracing,
    Map<String, String> tags) {

  Machine revised(
      String newDefinition, String newRole, boolean newTracing, long millis, String revision) {
    return new Machine(
        arn, name, newRole, newDefinition, createdMillis, millis, revision, newTracing, tags);
  }

  Machine tagged(Map<String, String> newTags) {
    return new Machine(
        arn,
        name,
        roleArn,
        definition,
        createdMillis,
        updatedMillis,
        revisionId,
        tracing,
        Map.copyOf(newTags));
  }
}
