package dev.microcos.local.cloud;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * The three ports, each known before anything is started: tokens and sockets name the first one.
 *
 * @param front of the page and the APIs
 * @param admin of the admin routes
 * @param aws of the AWS services
 */
record Ports(int front, int admin, int aws) {

  /**
   * Finds a free port where 0 is asked for, and looks whether the others are free.
   *
   * @throws CloudException naming the port that is in use and how to choose another
   */
  static Ports take(LocalCloudOptions options) {
    try (ServerSocket front = bind(options.port(), "--port");
        ServerSocket admin = bind(options.adminPort(), "--admin-port");
        ServerSocket aws = bind(options.awsPort(), "--aws-port")) {
      return new Ports(front.getLocalPort(), admin.getLocalPort(), aws.getLocalPort());
    } catch (IOException e) {
      throw new CloudException("no port can be opened: " + e.getMessage(), e);
    }
  }

  private static ServerSocket bind(int port, String option) {
    try {
      return new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new CloudException(
          "port " + port + " is in use; stop what listens there or choose another with " + option,
          e);
    }
  }
}
