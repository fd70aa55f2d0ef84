package dev.microcos.core.aws;

import dev.microcos.core.application.port.ModelFailure;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What failures of Bedrock mean: which will pass, and what to tell. */
final class ModelFailures {

  private ModelFailures() {}

  static ModelFailure of(Throwable failure) {
    return switch (failure) {
      case ModelFailure known -> known;
      case ThrottlingException e -> failure("throttled", "the model is busy", e, true);
      case ServiceQuotaExceededException e ->
          failure("throttled", "the account's quota of the model is used up", e, true);
      case ServiceUnavailableException e ->
          failure("unavailable", "the model is not available", e, true);
      case ModelNotReadyException e -> failure("unavailable", "the model is starting", e, true);
      case ModelTimeoutException e -> failure("silent", "the model took too long", e, true);
      case ModelStreamErrorException e -> failure("cut", "the model's answer broke off", e, true);
      case ValidationException e -> failure("invalid", "the model refused the prompt", e, false);
      case AccessDeniedException e ->
          failure("forbidden", "the account may not use the model", e, false);
      case ResourceNotFoundException e -> failure("not_found", "there is no such model", e, false);
      case BedrockRuntimeException e -> failure("model_error", "the model failed", e, true);
      case SdkClientException e -> failure("unreachable", "the model is not reachable", e, true);
      default -> new ModelFailure("model_error", "the model failed", true);
    };
  }

  /** Bedrock's own words name fields and limits, never what was said. */
  private static ModelFailure failure(
      String code, String detail, Exception cause, boolean passing) {
    String words =
        cause instanceof BedrockRuntimeException e && e.awsErrorDetails() != null
            ? e.awsErrorDetails().errorMessage()
            : null;
    return new ModelFailure(code, words == null ? detail : detail + ": " + words, passing);
  }
}
