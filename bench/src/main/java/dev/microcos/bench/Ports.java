package dev.microcos.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Three loopback ports that were free a moment ago.
 *
 * @param web for people
 * @param admin for the admin interface
 * @param aws for the AWS services
 */
record Ports(int web, int admin, int aws) {

  /** Lets the system choose. */
  static Ports free() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket web = new ServerSocket(0, 1, loopback);
        ServerSocket admin = new ServerSocket(0, 1, loopback);
        ServerSocket aws = new ServerSocket(0, 1, loopback)) {
      return new Ports(web.getLocalPort(), admin.getLocalPort(), aws.getLocalPort());
    }
  }
}
