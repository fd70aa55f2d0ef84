package dev.microcos.core.application;

import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.run.RunState;
import java.time.Duration;
import java.util.Optional;

/** Has a run begin, and says so once that stands in its log. */
public final class StartRun {

  private final Accept accept;
  private final Read<RunState> read;

  public StartRun(Accept accept, Read<RunState> read) {
    this.accept = accept;
    this.read = read;
  }

  /**
   * Accepts a request whose fact is {@code run.started}, anew or again, and waits for it.
   *
   * @param patience how long to wait at most
   * @return the run, which is not lost if it is not begun in time: the same action finds it
   * @throws InvalidRequest if the action id is too old or of the future; nothing was sent
   */
  public Started start(Request request, Duration patience) throws InterruptedException {
    Envelope envelope = accept.accept(request);
    Optional<Event> event = read.committed(envelope.subject(), envelope.id(), patience);
    return new Started(envelope, RunId.startedBy(envelope.id()), event.isPresent());
  }

  /**
   * A run that was asked for.
   *
   * @param committed whether its log holds it already
   */
  public record Started(Envelope envelope, RunId run, boolean committed) {}
}
