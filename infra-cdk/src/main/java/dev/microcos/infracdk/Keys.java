package dev.microcos.infracdk;

import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/**
 * The key that wraps each person's data key, and the table of the wrapped ones. Backups of that
 * table last one day, so that an erased person is gone for good after it.
 */
final class Keys extends Construct {
  final Key key;
  final Table table;

  Keys(Construct scope, Environment environment) {
    super(scope, "Keys");
    key =
        Key.Builder.create(this, "Key")
            .alias("alias/microcos-" + environment.name())
            .description("Wraps the data keys of people, " + environment.name())
            .enableKeyRotation(true)
            .policy(heldByTheAccount())
            .removalPolicy(environment.guarded() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
            .build();
    table = Tables.keyed(this, "Table", environment, "keys", 1).build();
  }

  /** The account administers the key, and its roles use it as their own policies say. */
  static PolicyDocument heldByTheAccount() {
    return PolicyDocument.Builder.create()
        .statements(
            List.of(
                PolicyStatement.Builder.create()
                    .principals(List.of(new AccountRootPrincipal()))
                    .actions(
                        List.of(
                            "kms:CancelKeyDeletion",
                            "kms:CreateAlias",
                            "kms:Decrypt",
                            "kms:DeleteAlias",
                            "kms:DescribeKey",
                            "kms:DisableKey",
                            "kms:EnableKey",
                            "kms:EnableKeyRotation",
                            "kms:GenerateDataKey",
                            "kms:GetKeyPolicy",
                            "kms:GetKeyRotationStatus",
                            "kms:ListResourceTags",
                            "kms:PutKeyPolicy",
                            "kms:ScheduleKeyDeletion",
                            "kms:TagResource",
                            "kms:UntagResource",
                            "kms:UpdateAlias",
                            "kms:UpdateKeyDescription"))
                    .resources(List.of("*"))
                    .build()))
        .build();
  }
}
