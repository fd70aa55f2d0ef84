package dev.microcos.local.services.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import dev.microcos.local.services.lambda.QueueSource.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a function's partial answer means, as Lambda reads it: no answer or an empty list is
 * success; an item without an identifier, or with one that is not in the batch, fails the whole
 * batch.
 */
final class BatchResult {

  private BatchResult() {}

  /** The receipt handles of what may be deleted. */
  static List<String> succeeded(List<Message> batch, @Nullable SQSBatchResponse response) {
    List<BatchItemFailure> failures = response == null ? null : response.getBatchItemFailures();
    Set<String> failed = new HashSet<>();
    if (failures != null) {
      Set<String> known = new HashSet<>();
      batch.forEach(message -> known.add(message.messageId()));
      for (BatchItemFailure failure : failures) {
        String id = failure == null ? null : failure.getItemIdentifier();
        if (id == null || !known.contains(id)) {
          return List.of();
        }
        failed.add(id);
      }
    }
    return batch.stream()
        .filter(message -> !failed.contains(message.messageId()))
        .map(Message::receiptHandle)
        .toList();
  }
}
