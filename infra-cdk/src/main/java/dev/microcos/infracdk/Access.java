package dev.microcos.infracdk;

import java.util.List;

/** What a function may do with a table. Nothing scans one. */
enum Access {
  READ,
  APPEND,
  WRITE;

  /** The IAM actions; each access includes those before it. */
  List<String> actions() {
    return switch (this) {
      case READ -> List.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");
      case APPEND ->
          List.of(
              "dynamodb:GetItem",
              "dynamodb:BatchGetItem",
              "dynamodb:Query",
              "dynamodb:PutItem",
              "dynamodb:BatchWriteItem",
              "dynamodb:UpdateItem");
      case WRITE ->
          List.of(
              "dynamodb:GetItem",
              "dynamodb:BatchGetItem",
              "dynamodb:Query",
              "dynamodb:PutItem",
              "dynamodb:BatchWriteItem",
              "dynamodb:UpdateItem",
              "dynamodb:DeleteItem");
    };
  }
}
