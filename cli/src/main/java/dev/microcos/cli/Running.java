package dev.microcos.cli;

import java.net.URI;

/**
 * A running local cloud.
 *
 * @param pid its process
 * @param port where the page and the API are, on the loopback interface
 * @param adminPort where tokens, clock and faults are
 * @param awsPort where the AWS services are
 */
record Running(long pid, int port, int adminPort, int awsPort) {
  /** The page and the API. */
  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The admin API. */
  URI adminUrl() {
    return URI.create("http://127.0.0.1:" + adminPort);
  }

  /** The AWS services. */
  URI awsUrl() {
    return URI.create("http://127.0.0.1:" + awsPort);
  }

  /** Whether its process lives. */
  boolean alive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
