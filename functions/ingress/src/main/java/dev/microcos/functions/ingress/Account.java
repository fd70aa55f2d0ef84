package dev.microcos.functions.ingress;

import dev.microcos.core.application.Erase;
import dev.microcos.core.application.Erase.Later;
import dev.microcos.core.application.Erase.Receipt;
import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.wire.Json;
import java.util.Map;

/** The account of a person as a whole. */
final class Account {

  private final Erase erase;
  private final CheckedBodies bodies = new CheckedBodies();

  private Account(Erase erase) {
    this.erase = erase;
  }

  static Account of(Host host, Adapters adapters) {
    return new Account(
        new Erase(
            adapters.people(),
            adapters.personalData(),
            adapters.log(),
            new ReadRuns(adapters.log(), adapters.runLog(), adapters.runs(), host.clock()),
            adapters.executions(),
            adapters.schedules(),
            host.clock()));
  }

  Reply erase(Call call) {
    bodies.checked(call, "empty");
    Receipt receipt = erase.erase(call.user());
    return Reply.json(
        200,
        out -> {
          out.writeStartObject();
          out.writeStringField("user_id", receipt.person().user().value());
          out.writeNumberField("generation", receipt.person().generation());
          out.writeStringField("erased_at", Json.instant(receipt.erasedAt()));
          out.writeObjectFieldStart("gone");
          out.writeNumberField("data_key", 1);
          for (Map.Entry<String, Integer> place : receipt.gone().entrySet()) {
            out.writeNumberField(place.getKey(), place.getValue());
          }
          out.writeEndObject();
          out.writeArrayFieldStart("later");
          for (Later later : receipt.later()) {
            out.writeStartObject();
            out.writeStringField("what", later.what());
            out.writeStringField("until", Json.instant(receipt.erasedAt().plus(later.within())));
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }
}
