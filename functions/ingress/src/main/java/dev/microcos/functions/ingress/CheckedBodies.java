package dev.microcos.functions.ingress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.Sanitizer;
import dev.microcos.core.wire.Schemas;
import java.util.List;

/** Bodies of requests, cleaned and held against their schema. */
final class CheckedBodies {

  private final Schemas schemas = new Schemas();

  /**
   * The body of a call.
   *
   * @param schema the name of a file in {@code events/api/requests}
   * @throws Problem 400 with all that is wrong, 413 if it is too large
   */
  ObjectNode checked(Call call, String schema) {
    ObjectNode body = call.json();
    Sanitizer.clean(body);
    List<Schemas.Fault> faults = schemas.faults("api/requests/" + schema, body);
    if (!faults.isEmpty()) {
      throw Problem.invalid(
          faults.stream()
              .map(fault -> new Problem.Fault(fault.pointer(), fault.detail()))
              .toList());
    }
    return body;
  }
}
