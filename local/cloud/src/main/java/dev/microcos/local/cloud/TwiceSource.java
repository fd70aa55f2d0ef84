package dev.microcos.local.cloud;

import dev.microcos.local.services.lambda.QueueSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * A queue that delivers messages twice while a switch is on, asked for each of them: what is done
 * is not deleted the first time but given back, as when Lambda dies before it can say so.
 */
final class TwiceSource implements QueueSource {
  private final QueueSource source;
  private final BooleanSupplier on;
  private final Map<String, String> received = new ConcurrentHashMap<>();
  private final Set<String> repeated = ConcurrentHashMap.newKeySet();

  TwiceSource(QueueSource source, BooleanSupplier on) {
    this.source = source;
    this.on = on;
  }

  @Override
  public List<Message> receive(int max, Duration wait) throws InterruptedException {
    List<Message> batch = source.receive(max, wait);
    for (Message message : batch) {
      if (repeated.contains(message.messageId()) || on.getAsBoolean()) {
        received.put(message.receiptHandle(), message.messageId());
      }
    }
    return batch;
  }

  @Override
  public void delete(List<String> receiptHandles) {
    List<String> done = new ArrayList<>();
    for (String handle : receiptHandles) {
      String id = received.remove(handle);
      if (id == null || !repeated.add(id)) {
        done.add(handle);
        if (id != null) {
          repeated.remove(id);
        }
      } else {
        source.release(handle, Duration.ZERO);
      }
    }
    if (!done.isEmpty()) {
      source.delete(done);
    }
  }

  @Override
  public void release(String receiptHandle, Duration visibility) {
    received.remove(receiptHandle);
    source.release(receiptHandle, visibility);
  }
}
