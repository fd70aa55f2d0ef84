package dev.microcos.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server that the load program can start, drive and stop: ours, or a peer of the same shape. */
sealed interface Contender permits MicroCos, DurableObject {

  /** How the results name it. */
  String name();

  /** What runs, with versions. */
  String version() throws IOException;

  /** Installs what is missing, before any time is taken. */
  void prepare() throws IOException, InterruptedException;

  /** The command that serves from this folder until SIGTERM. */
  List<String> command(Ports ports, Path data);

  /** What the command's environment has besides our own. */
  Map<String, String> environment();

  /** Where it will listen. */
  Endpoint endpoint(Ports ports);

  /** Whether it answers messages with streamed tokens. */
  boolean streams();

  /** A loopback address with that port. */
  static URI loopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
