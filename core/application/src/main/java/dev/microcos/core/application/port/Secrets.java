package dev.microcos.core.application.port;

import java.util.Optional;

/** What only this system and somebody outside know. */
public interface Secrets {

  /** The secret by which a webhook's calls are signed; empty if there is none. */
  Optional<String> webhook(String name);
}
