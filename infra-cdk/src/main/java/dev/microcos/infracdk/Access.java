package dev.microcos.infracdk;

import java.util.List;

/** What a function may do with a table; each access includes those before it. Nothing scans one. */
enum Access {
  READ,
  APPEND,
  WRITE;

  /** The IAM actions. */
  List<String> actions() {
    return switch (this) {
      case READ -> List.of("dynamodb:GetItem", "dynamodb:Query");
      case APPEND -> List.of("dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem");
      case WRITE ->
          List.of(
              "dynamodb:GetItem",
              "dynamodb:Query",
              "dynamodb:PutItem",
              "dynamodb:UpdateItem",
              "dynamodb:DeleteItem");
    };
  }
}
