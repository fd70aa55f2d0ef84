package dev.microcos.local.cloud;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a local cloud is started.
 *
 * @param port of the page and the APIs; 0 for any free one
 * @param adminPort of the admin routes; 0 for any free one
 * @param awsPort of the AWS services; 0 for any free one
 * @param data the folder that everything is kept in
 * @param environment {@code development}, {@code staging} or {@code production}: which template
 * @param variables of the process; those whose name a function's environment has replace the
 *     template's values
 */
public record LocalCloudOptions(
    int port,
    int adminPort,
    int awsPort,
    Path data,
    String environment,
    Map<String, String> variables) {

  /** The port of the page and the APIs where nothing else is said. */
  public static final int PORT = 8787;

  /** The port of the admin routes where nothing else is said. */
  public static final int ADMIN_PORT = 8788;

  /** The port of the AWS services where nothing else is said. */
  public static final int AWS_PORT = 4566;

  /** Options with a defensive copy of the variables. */
  public LocalCloudOptions {
    variables = Map.copyOf(variables);
  }

  /** On the usual ports, in the development environment. */
  public static LocalCloudOptions usual(Path data, Map<String, String> variables) {
    return new LocalCloudOptions(PORT, ADMIN_PORT, AWS_PORT, data, "development", variables);
  }

  /** On any free ports, for tests. */
  public static LocalCloudOptions onFreePorts(Path data, Map<String, String> variables) {
    return new LocalCloudOptions(0, 0, 0, data, "development", variables);
  }
}
