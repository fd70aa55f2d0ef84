package dev.microcos.bench;

import java.util.List;

/** What a server says over the WebSocket, as far as the load program looks. */
sealed interface Frame {

  /**
   * The whole state.
   *
   * @param seq the seq it stands at
   */
  record Snapshot(long seq) implements Frame {}

  /**
   * Events in the order of the log.
   *
   * @param from the seq after which they come
   * @param seq the seq of the last of them
   * @param events the events
   */
  record Commit(long from, long seq, List<Event> events) implements Frame {}

  /**
   * A commit too large for a frame: to be read over HTTP.
   *
   * @param seq the seq up to which to read
   */
  record Fetch(long seq) implements Frame {}

  /**
   * A piece of a streamed answer.
   *
   * @param operationId whose answer
   * @param index its number in the answer
   * @param text the piece
   */
  record Token(String operationId, long index, String text) implements Frame {}

  /**
   * Anything else, an error among them.
   *
   * @param type the frame's type
   * @param detail what an error says, else empty
   */
  record Other(String type, String detail) implements Frame {}

  /**
   * One event of a commit.
   *
   * @param seq its place in the log, 0 if the frame does not say
   * @param type the event's type
   * @param clientActionId the action it answers, empty if none
   * @param operationId the operation it belongs to, empty if none
   */
  record Event(long seq, String type, String clientActionId, String operationId) {}
}
