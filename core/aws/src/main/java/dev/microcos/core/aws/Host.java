package dev.microcos.core.aws;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
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
 * @param credentials who the functions are for AWS; where nobody asks, anonymous ones, which sign
 *     nothing
 * @param http carries the SDK's calls
 * @param asyncHttp carries the SDK's streaming calls
 */
public record Host(
    Map<String, String> environment,
    InstantSource clock,
    RandomGenerator random,
    AwsCredentialsProvider credentials,
    SdkHttpClient http,
    SdkAsyncHttpClient asyncHttp) {

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** Longer than a model is waited for, so that its silence is noticed there. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(90);

  /** The host that a function has on Lambda. */
  public static Host lambda() {
    return new Host(
        System.getenv(),
        InstantSource.system(),
        new SecureRandom(),
        lambdaCredentials(),
        UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER).build(),
        NettyNioAsyncHttpClient.builder()
            .connectionTimeout(CONNECT)
            .readTimeout(LONGEST_SILENCE)
            .build());
  }

  /**
   * The keys of the environment, where Lambda puts them, unless there are none: under SnapStart
   * they come from the container's endpoint.
   */
  private static AwsCredentialsProvider lambdaCredentials() {
    return AwsCredentialsProviderChain.of(
        EnvironmentVariableCredentialsProvider.create(),
        ContainerCredentialsProvider.builder().build());
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

  /**
   * The whole number that an environment variable holds, or {@code otherwise} if it is missing.
   *
   * @throws IllegalStateException naming the variable, if it is no positive whole number
   */
  public int number(String name, int otherwise) {
    String value = get(name, Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, as for a number that is not positive
    }
    throw new IllegalStateException(
        "environment variable " + name + " must be a positive whole number, not " + value);
  }

  /**
   * Waits, with some jitter, before something is tried again.
   *
   * @return false if the wait was interrupted: do not try again
   */
  public boolean pause(Duration about) {
    long millis = about.toMillis();
    try {
      Thread.sleep(millis / 2 + random.nextLong(millis / 2 + 1));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
