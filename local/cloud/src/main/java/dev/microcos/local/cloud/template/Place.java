package dev.microcos.local.cloud.template;

/**
 * Where resources live.
 *
 * @param account twelve digits
 * @param region such as {@code us-east-1}
 * @param endpoint base of the queues' URLs, without a slash at its end
 */
public record Place(String account, String region, String endpoint) {

  /** The same, with the AWS services on this port of this machine. */
  public Place at(int port) {
    return new Place(account, region, "http://127.0.0.1:" + port);
  }

  /** The ARN of a resource here, such as {@code arn:aws:sqs:us-east-1:000000000000:inbox}. */
  public String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
  }
}
