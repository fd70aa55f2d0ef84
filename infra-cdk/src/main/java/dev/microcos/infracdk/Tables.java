package dev.microcos.infracdk;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableClass;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.constructs.Construct;

/**
 * What all tables have in common: pay per request, encryption, backups, and a guard in production.
 */
final class Tables {
  /** The longest that DynamoDB keeps backups to any second. */
  static final int LONGEST_BACKUP_DAYS = 35;

  private Tables() {}

  /** A table with keys {@code pk} and {@code sk}. */
  static Table.Builder table(Construct scope, String id, Environment environment, String name) {
    return keyed(scope, id, environment, name, LONGEST_BACKUP_DAYS).sortKey(text("sk"));
  }

  /** A table with the key {@code pk} only, whose backups go after {@code backupDays}. */
  static Table.Builder keyed(
      Construct scope, String id, Environment environment, String name, int backupDays) {
    return Table.Builder.create(scope, id)
        .tableName(environment.named(name))
        .partitionKey(text("pk"))
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .tableClass(TableClass.STANDARD)
        .encryption(TableEncryption.AWS_MANAGED)
        .deletionProtection(environment.guarded())
        .pointInTimeRecoverySpecification(
            PointInTimeRecoverySpecification.builder()
                .pointInTimeRecoveryEnabled(true)
                .recoveryPeriodInDays(backupDays)
                .build())
        .removalPolicy(environment.guarded() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
  }

  private static Attribute text(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }
}
