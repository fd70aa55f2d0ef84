package dev.microcos.infracdk;

import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableClass;
import software.constructs.Construct;

/** The truth: the log of commits and snapshots, and the archive of what left the state. */
final class Log extends Construct {
  final Table log;
  final Table archive;

  Log(Construct scope, Environment environment) {
    super(scope, "Log");
    log = Tables.table(this, "Table", environment, "log").build();
    archive =
        Tables.table(this, "Archive", environment, "archive")
            .tableClass(TableClass.STANDARD_INFREQUENT_ACCESS)
            .build();
  }
}
