package dev.microcos.local.cloud.template;

/**
 * Where resources live.
 *
 * @param account twelve digits
 * @param region such as {@code us-east-1}
 * @param endpoint base of the queues' URLs, without a slash at its end
 */
public record Place(String account, String region, String endpoint) {

  /** The ARN of a resource here, such as {@code arn:aws:sqs:us-east-1:000000000000:inbox}. */
  public String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
  }
}
