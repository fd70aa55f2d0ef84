package dev.microcos.local.cloud;

import dev.microcos.local.services.lambda.QueueSource;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A queue that is now and then not told what is done: it gives the messages out again when their
 * visibility timeout is over.
 *
 * @param forgets asked before each acknowledgement
 */
record ForgetfulSource(QueueSource source, BooleanSupplier forgets) implements QueueSource {

  @Override
  public List<Message> receive(int max, Duration wait) throws InterruptedException {
    return source.receive(max, wait);
  }

  @Override
  public void delete(List<String> receiptHandles) {
    if (!forgets.getAsBoolean()) {
      source.delete(receiptHandles);
    }
  }

  @Override
  public void release(String receiptHandle, Duration visibility) {
    source.release(receiptHandle, visibility);
  }
}
