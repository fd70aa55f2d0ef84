package dev.microcos.cli;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running local cloud.
 *
 * @param pid its process
 * @param port where the page and the API are, on the loopback interface
 * @param adminPort where tokens, clock and faults are
 * @param awsPort where the AWS services are
 */
record Running(long pid, int port, int adminPort, int awsPort) {
  private static final int PATIENCE_SECONDS = 5;

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

  /**
   * Whether it goes on. One that was just killed does not, and its end is waited for; nor does one
   * whose file was left by a kill and names what is another program by now, in a container often
   * this one.
   */
  boolean goesOn() throws InterruptedException {
    if (Checks.answers(adminUrl())) {
      return true;
    }
    Optional<ProcessHandle> process =
        ProcessHandle.of(pid).filter(found -> !found.equals(ProcessHandle.current()));
    if (process.isPresent()) {
      try {
        process.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException e) {
        // whether it still holds the data folder is found out by taking that
      }
    }
    return false;
  }
}
