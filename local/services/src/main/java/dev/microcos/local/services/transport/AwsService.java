package dev.microcos.local.services.transport;

/** One AWS service of the local cloud. Implementations may be called from many threads at once. */
public interface AwsService {

  /**
   * The name in the credential scope of a signed request: {@code dynamodb}, {@code sqs}, {@code
   * kms}, {@code bedrock}, {@code execute-api}, ….
   */
  String signingName();

  /** Answers one request; a refusal is an answer with AWS's error shape, not an exception. */
  AwsResponse handle(AwsRequest request);
}
