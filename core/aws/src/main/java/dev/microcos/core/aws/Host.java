package dev.microcos.core.aws;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * All that a function gets from the outside: its environment, the time, randomness and the way to
 * AWS. Nothing else reads them, so the same class runs on Lambda, on a laptop and in a test.
 *
 * @param environment the function's environment variables
 * @param clock the time of day
 * @param random the source of ids and keys; a cryptographically strong one outside tests
 * @param http carries the SDK's calls
 * @param asyncHttp carries the SDK's streaming calls
 */
public record Host(
    Map<String, String> environment,
    InstantSource clock,
    RandomGenerator random,
    SdkHttpClient http,
    SdkAsyncHttpClient asyncHttp) {

  /** The host that a function has on Lambda. */
  public static Host lambda() {
    return new Host(
        System.getenv(),
        InstantSource.system(),
        new SecureRandom(),
        UrlConnectionHttpClient.create(),
        NettyNioAsyncHttpClient.create());
  }

  /**
   * The value of an environment variable.
   *
   * @throws IllegalStateException naming the variable, if it is missing or blank
   */
  public String require(String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("environment variable " + name + " is missing");
    }
    return value;
  }

  /** The value of an environment variable, or {@code otherwise} if it is missing or blank. */
  public String get(String name, String otherwise) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? otherwise : value;
  }
}
