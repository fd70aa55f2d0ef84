package dev.microcos.local.services.judges;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What a service answered, call by call, in a form that can be compared with another's. */
final class Transcript {

  private static final String ARROW = " -> ";

  private final List<String> lines = new ArrayList<>();

  /**
   * Notes an answer, or in its place the error's name: that of the SDK's exception if it has one of
   * its own, since SQS sends another code in a header that ElasticMQ does not have; else its code.
   */
  void note(String what, Supplier<?> call) {
    String answer;
    try {
      answer = String.valueOf(call.get());
    } catch (AwsServiceException e) {
      boolean common = e.getClass().getSuperclass() == AwsServiceException.class;
      answer =
          "refused: " + (common ? e.awsErrorDetails().errorCode() : e.getClass().getSimpleName());
    }
    lines.add(what + ARROW + answer);
  }

  List<String> lines() {
    return lines;
  }

  /** Takes the answer out that was noted under a name. */
  String take(String what) {
    String line =
        lines.stream().filter(each -> each.startsWith(what + ARROW)).findFirst().orElseThrow();
    lines.remove(line);
    return line.substring(what.length() + ARROW.length());
  }
}
