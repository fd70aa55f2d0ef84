package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What a command could not do, with the exit code it gives and the next step that helps. */
final class Failure extends RuntimeException {
  /** The request or the run failed. */
  static final int FAILED = 1;

  /** The command was used wrongly. */
  static final int WRONG_USE = 2;

  /** Nothing answers at the target. */
  static final int UNREACHABLE = 3;

  private final int code;
  private final String next;
  private final int status;
  private final transient JsonNode problem;

  private Failure(int code, String what, String next, int status, JsonNode problem) {
    super(what);
    this.code = code;
    this.next = next;
    this.status = status;
    this.problem = problem;
  }

  private Failure(int code, String what, String next) {
    this(code, what, next, 0, MissingNode.getInstance());
  }

  static Failure failed(String what, String next) {
    return new Failure(FAILED, what, next);
  }

  static Failure wrongUse(String what, String next) {
    return new Failure(WRONG_USE, what, next);
  }

  /** The server's refusal, by its HTTP status, with the problem that it gave. */
  static Failure refused(int status, JsonNode problem, String what, String next) {
    return new Failure(FAILED, what, next, status, problem);
  }

  static Failure unreachable(String what, String next) {
    return new Failure(UNREACHABLE, what, next);
  }

  /** The exit code of the process. */
  int code() {
    return code;
  }

  /** The command or flag that helps. */
  String next() {
    return next;
  }

  /** The server's status; 0 where it is not the server that refused. */
  int status() {
    return status;
  }

  /** What the server told beside its sentence; missing where it is not the server that refused. */
  JsonNode problem() {
    return problem;
  }

  /** The same, with another next step. */
  Failure withNext(String better) {
    return new Failure(code, what(), better, status, problem);
  }

  /** What went wrong. */
  String what() {
    String message = getMessage();
    return message == null ? "failed" : message;
  }
}
