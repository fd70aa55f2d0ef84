package dev.microcos.local.services.transport;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** What an operation answers: the members of the answer's object. */
@FunctionalInterface
public interface JsonReply {

  /** An answer without members. */
  JsonReply EMPTY = json -> {};

  /** Writes the members; the braces around them are written already. */
  void writeMembers(JsonGenerator json) throws IOException;
}
