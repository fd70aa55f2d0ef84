package dev.microcos.local.services.transport;

/** The way from a client to the services: the router, or something before it. */
@FunctionalInterface
public interface AwsCalls {

  /** The answer of the service that the request is for. */
  AwsResponse call(AwsRequest request);
}
