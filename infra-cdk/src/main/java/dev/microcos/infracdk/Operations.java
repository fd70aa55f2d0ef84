package dev.microcos.infracdk;

import software.amazon.awscdk.services.dynamodb.Table;
import software.constructs.Construct;

/** One row a model or tool call: its claim, its partial text, what it cost. */
final class Operations extends Construct {
  final Table table;

  Operations(Construct scope, Environment environment) {
    super(scope, "Operations");
    table =
        Tables.table(this, "Table", environment, "operations")
            .timeToLiveAttribute("expires_at")
            .build();
  }
}
