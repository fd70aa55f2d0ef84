package dev.microcos.local.services.apigateway;

import java.util.Base64;
import java.util.random.RandomGenerator;

/** Ids in API Gateway's shape: eleven random bytes in Base64, such as {@code JKJaXmPLvHcESHA=}. */
final class RequestIds {

  private static final int BYTES = 11;

  private RequestIds() {}

  static String next(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
