package dev.microcos.local.services.apigateway;

/**
 * Where an API lives, as its events say it.
 *
 * @param accountId twelve digits
 * @param region such as {@code us-east-1}
 * @param apiId the API's id
 * @param stage {@code $default} for an HTTP API
 * @param domainName the name that clients call
 */
public record ApiAddress(
    String accountId, String region, String apiId, String stage, String domainName) {

  /** The ARN that authorizers judge, ending in the method and route, such as {@code GET/health}. */
  public String methodArn(String route) {
    return "arn:aws:execute-api:"
        + region
        + ":"
        + accountId
        + ":"
        + apiId
        + "/"
        + stage
        + "/"
        + route;
  }
}
