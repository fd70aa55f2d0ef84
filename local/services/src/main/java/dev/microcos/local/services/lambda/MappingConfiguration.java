package dev.microcos.local.services.lambda;

/**
 * What CloudFormation says about an event source mapping of an SQS queue.
 *
 * @param queueArn the queue; a name that ends in {@code .fifo} means FIFO
 * @param batchSize at most 10 for FIFO; for Standard at most 10 too, since there is no batching
 *     window here
 * @param maximumConcurrency invocations at once; on AWS 2 to 1,000
 * @param reportBatchItemFailures whether the function names the messages that failed
 */
public record MappingConfiguration(
    String queueArn, int batchSize, int maximumConcurrency, boolean reportBatchItemFailures) {

  private static final int LARGEST_BATCH = 10;

  public MappingConfiguration {
    if (batchSize < 1 || batchSize > LARGEST_BATCH) {
      throw new IllegalArgumentException("batch size " + batchSize + " is not 1 to 10");
    }
    if (maximumConcurrency < 1) {
      throw new IllegalArgumentException("maximum concurrency must be at least 1");
    }
  }
}
