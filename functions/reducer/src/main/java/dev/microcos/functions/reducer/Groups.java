package dev.microcos.functions.reducer;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A batch of a FIFO queue by message group, each group in its order. */
record Groups(List<List<SQSMessage>> groups) {

  static Groups of(List<SQSMessage> batch) {
    Map<String, List<SQSMessage>> groups = new LinkedHashMap<>();
    for (SQSMessage message : batch) {
      groups.computeIfAbsent(group(message), _ -> new ArrayList<>()).add(message);
    }
    return new Groups(List.copyOf(groups.values()));
  }

  /** The results of all groups together; a lone group is done by the caller's own thread. */
  <T> List<T> each(Executor executor, Function<List<SQSMessage>, List<T>> work) {
    if (groups.size() == 1) {
      return work.apply(groups.getFirst());
    }
    List<CompletableFuture<List<T>>> running =
        groups.stream()
            .map(group -> CompletableFuture.supplyAsync(() -> work.apply(group), executor))
            .toList();
    return running.stream().flatMap(each -> each.join().stream()).toList();
  }

  /** The group that a message is of. */
  static String group(SQSMessage message) {
    String group = message.getAttributes().get("MessageGroupId");
    if (group == null) {
      throw new IllegalStateException("a message without a group: the inbox must be FIFO");
    }
    return group;
  }
}
