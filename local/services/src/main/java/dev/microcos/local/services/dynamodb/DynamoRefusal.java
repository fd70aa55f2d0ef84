package dev.microcos.local.services.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.microcos.local.services.transport.Refusal;
import java.io.IOException;
import java.util.Map;

/** The errors of DynamoDB. */
final class DynamoRefusal extends Refusal {

  private static final long serialVersionUID = 1L;
  private static final String DYNAMO = "com.amazonaws.dynamodb.v20120810#";

  private final transient Map<String, Value> item;

  private DynamoRefusal(String type, String message, Map<String, Value> item) {
    super(400, type, message);
    this.item = item;
  }

  static DynamoRefusal invalid(String message) {
    return new DynamoRefusal("com.amazon.coral.validate#ValidationException", message, Map.of());
  }

  static DynamoRefusal badParameter(String why) {
    return invalid("One or more parameter values were invalid: " + why);
  }

  static DynamoRefusal noTable() {
    return new DynamoRefusal(
        DYNAMO + "ResourceNotFoundException",
        "Cannot do operations on a non-existent table",
        Map.of());
  }

  static DynamoRefusal tableExists(String name) {
    return new DynamoRefusal(
        DYNAMO + "ResourceInUseException", "Table already exists: " + name, Map.of());
  }

  /** The condition does not hold; the item is what was asked for of it, perhaps nothing. */
  static DynamoRefusal conditionFailed(Map<String, Value> item) {
    return new DynamoRefusal(
        DYNAMO + "ConditionalCheckFailedException", "The conditional request failed", item);
  }

  @Override
  public void writeMembers(JsonGenerator json) throws IOException {
    if (!item.isEmpty()) {
      json.writeFieldName("Item");
      ValueJson.writeItem(json, item);
    }
  }
}
