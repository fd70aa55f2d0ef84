package dev.microcos.core.aws;

import software.amazon.awssdk.core.exception.SdkException;

/** Tells failures of the services that an adapter calls from mistakes of the code that calls. */
public final class Outage {

  private Outage() {}

  /** Whether an AWS service failed or could not be reached, so that trying again may help. */
  public static boolean caused(RuntimeException failure) {
    return failure instanceof SdkException;
  }
}
