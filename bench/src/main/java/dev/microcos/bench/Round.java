package dev.microcos.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one round of one contender showed.
 *
 * @param startSeconds from the spawning of its process to the first delivered frame
 * @param idleMebibytes its resident memory after that frame
 * @param cells the load
 * @param streams the streamed answers, null where it has none
 * @param loadedMebibytes its resident memory some time after the load
 * @param storedBytesPerMessage what its data folder held at the end, per message of all cells
 */
record Round(
    double startSeconds,
    double idleMebibytes,
    List<CellResult> cells,
    @Nullable StreamResult streams,
    double loadedMebibytes,
    double storedBytesPerMessage) {

  /**
   * What one cell showed.
   *
   * @param cell its name
   * @param messagesPerSecond delivered
   * @param ack from before the request to the 202
   * @param delivery from before the request to the parsed frame with its action id
   * @param cpuMillis user and system CPU of the server's processes per message
   * @param clientCpuMillis the same of the load program
   * @param othersPercent CPU of all other processes, in percent of the machine
   */
  record CellResult(
      String cell,
      double messagesPerSecond,
      Distribution ack,
      Distribution delivery,
      double cpuMillis,
      double clientCpuMillis,
      double othersPercent) {}

  /**
   * What the streamed answers showed.
   *
   * @param answers how many
   * @param framesPerAnswer token frames of an answer, on average
   * @param firstToken from before the request to its first token frame
   * @param afterFirstDelta from the model's first delta to that frame, where the model tells
   * @param afterDelta from each of the model's deltas to the token frame that brings it, the same
   * @param betweenTokens from one token frame to the next
   * @param whole from before the request to the event with the whole answer
   */
  record StreamResult(
      int answers,
      double framesPerAnswer,
      Distribution firstToken,
      Distribution afterFirstDelta,
      Distribution afterDelta,
      Distribution betweenTokens,
      Distribution whole) {}

  /** The cell of that name. */
  CellResult cell(String name) {
    return cells.stream().filter(cell -> cell.cell().equals(name)).findFirst().orElseThrow();
  }
}
