package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Folds the person's log again, here, and compares the hash of what comes of it with the hash that
 * the server gives for the same seq.
 */
@Command(
    name = "replay",
    description = "fold your log again, here, and compare its hash with the server's")
final class Replay implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Override
  public Integer call() {
    Client client = common.client();
    Refold refold = Refold.of(client);
    int seq = refold.size();
    if (seq == 0) {
      tell(0, "", "", true);
      return 0;
    }
    String here = refold.hash(seq);
    String there = hashAt(client, seq);
    boolean equal = here.equals(there);
    tell(seq, here, there, equal);
    if (equal) {
      return 0;
    }
    int first = firstDifference(client, refold);
    throw Failure.failed(
        "the states differ from seq " + first + " on",
        "compare ./microcos state --json --at " + first + " with ./microcos events --json");
  }

  /** By halving: once the states differ, they stay different in all but rare cases. */
  private static int firstDifference(Client client, Refold refold) {
    int same = 0;
    int different = refold.size();
    while (different - same > 1) {
      int middle = (same + different) >>> 1;
      if (refold.hash(middle).equals(hashAt(client, middle))) {
        same = middle;
      } else {
        different = middle;
      }
    }
    return different;
  }

  private static String hashAt(Client client, int seq) {
    JsonNode reply = client.get("/v1/state?at=" + seq);
    return Json.text(reply, "hash");
  }

  private void tell(int events, String here, String there, boolean equal) {
    if (common.json()) {
      Out.line(
          Json.line(
              Json.object()
                  .put("events", events)
                  .put("hash", here)
                  .put("server_hash", there)
                  .put("equal", equal)));
    } else if (events == 0) {
      Out.line("the log is empty; there is nothing to fold");
    } else {
      Out.line(events + " events folded");
      Out.line("  here    " + here);
      Out.line("  server  " + there + (equal ? "  equal" : "  DIFFERENT"));
    }
  }
}
