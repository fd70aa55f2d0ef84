package dev.microcos.functions.ingress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.Sanitizer;
import dev.microcos.core.wire.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Bodies of requests, cleaned and held against their schema. */
final class CheckedBodies {

  private final Schemas schemas = new Schemas();

  /**
   * What a schema cannot know of a field.
   *
   * @param fault what is wrong with the field of a body whose other fields may be anything
   */
  record Check(String pointer, Function<ObjectNode, Optional<String>> fault) {}

  /**
   * The body of a call.
   *
   * @param schema the name of a file in {@code events/api/requests}
   * @param more checks of fields, for those that the schema is content with
   * @throws Problem 400 with all that is wrong, 413 if it is too large
   */
  ObjectNode checked(Call call, String schema, Check... more) {
    ObjectNode body = call.json();
    Sanitizer.clean(body);
    List<Problem.Fault> faults = new ArrayList<>();
    for (Schemas.Fault fault : schemas.faults("api/requests/" + schema, body)) {
      faults.add(new Problem.Fault(fault.pointer(), fault.detail()));
    }
    for (Check check : more) {
      if (faults.stream().noneMatch(fault -> fault.pointer().equals(check.pointer()))) {
        check
            .fault()
            .apply(body)
            .ifPresent(detail -> faults.add(new Problem.Fault(check.pointer(), detail)));
      }
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return body;
  }
}
