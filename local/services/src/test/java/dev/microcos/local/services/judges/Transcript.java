package dev.microcos.local.services.judges;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What a service answered, call by call, in a form that can be compared with another's. */
final class Transcript {

  private final List<String> lines = new ArrayList<>();

  /** Notes an answer, or the code of the error in its place. */
  void note(String what, Supplier<?> call) {
    String answer;
    try {
      answer = String.valueOf(call.get());
    } catch (AwsServiceException e) {
      answer = "refused: " + e.awsErrorDetails().errorCode();
    }
    lines.add(what + " -> " + answer);
  }

  List<String> lines() {
    return lines;
  }
}
