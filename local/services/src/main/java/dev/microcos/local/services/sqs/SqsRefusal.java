package dev.microcos.local.services.sqs;

import dev.microcos.local.services.transport.Refusal;
import java.util.Optional;

/** The errors of SQS, with their codes in both protocols. */
final class SqsRefusal extends Refusal {

  private static final long serialVersionUID = 1L;
  private static final String SQS = "com.amazonaws.sqs#";
  private static final String CORAL = "com.amazon.coral.service#";

  private final String queryCode;

  private SqsRefusal(String type, String queryCode, String message) {
    super(400, type, message);
    this.queryCode = queryCode;
  }

  @Override
  public Optional<String> queryCode() {
    return Optional.of(queryCode);
  }

  static SqsRefusal noQueue() {
    return new SqsRefusal(
        SQS + "QueueDoesNotExist",
        "AWS.SimpleQueueService.NonExistentQueue",
        "The specified queue does not exist.");
  }

  static SqsRefusal queueExists(String attribute) {
    return new SqsRefusal(
        SQS + "QueueNameExists",
        "QueueAlreadyExists",
        "A queue already exists with the same name and a different value for attribute "
            + attribute);
  }

  static SqsRefusal badHandle(String handle) {
    return new SqsRefusal(
        SQS + "ReceiptHandleIsInvalid",
        "ReceiptHandleIsInvalid",
        "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
  }

  static SqsRefusal notInFlight() {
    return new SqsRefusal(
        SQS + "MessageNotInflight",
        "AWS.SimpleQueueService.MessageNotInflight",
        "The message referred to isn't in flight.");
  }

  static SqsRefusal invalid(String message) {
    return new SqsRefusal(
        CORAL + "InvalidParameterValueException", "InvalidParameterValue", message);
  }

  static SqsRefusal missing(String parameter) {
    return new SqsRefusal(
        CORAL + "MissingRequiredParameterException",
        "MissingParameter",
        "The request must contain the parameter " + parameter + ".");
  }

  static SqsRefusal invalidAttribute(String message) {
    return new SqsRefusal(SQS + "InvalidAttributeName", "InvalidAttributeName", message);
  }

  static SqsRefusal invalidAttributeValue(String message) {
    return new SqsRefusal(SQS + "InvalidAttributeValue", "InvalidAttributeValue", message);
  }

  static SqsRefusal batch(String code, String message) {
    return new SqsRefusal(SQS + code, "AWS.SimpleQueueService." + code, message);
  }
}
