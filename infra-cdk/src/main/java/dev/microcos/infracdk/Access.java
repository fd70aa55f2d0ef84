package dev.microcos.infracdk;

/** One thing that a function may do with a table. Nothing scans one. */
enum Access {
  GET("GetItem"),
  QUERY("Query"),
  PUT("PutItem"),
  UPDATE("UpdateItem"),
  DELETE("DeleteItem");

  private final String operation;

  Access(String operation) {
    this.operation = operation;
  }

  /** The operation of DynamoDB's API. */
  String operation() {
    return operation;
  }

  /** The IAM action. */
  String action() {
    return "dynamodb:" + operation;
  }
}
