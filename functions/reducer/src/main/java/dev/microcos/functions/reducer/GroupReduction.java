package dev.microcos.functions.reducer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.Reduce.Incoming;
import dev.microcos.core.application.Reduce.Outcome;
import dev.microcos.core.aws.DeadLetters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.aws.Redelivery;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.EnvelopeJson;
import dev.microcos.core.wire.UnknownTypeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reduces the messages of one log: a person's, or a run's. What passes is tried again at once a few
 * times, then left to the queue after a pause that grows; what comes after a failing message waits
 * with it. What can never be read is set aside at once, and nobody waits for it.
 */
final class GroupReduction {

  private static final Logger LOG = LoggerFactory.getLogger(GroupReduction.class);
  private static final int TRIES = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final int LONGEST_PAUSE_SECONDS = 30;

  /** What one more try can take if AWS hangs; a try that Lambda cuts off fails the whole batch. */
  private static final int A_TRY_MILLIS = 5_000;

  /** Bytes of envelopes that go into one commit; with them its item stays below 400 KB. */
  private static final int LARGEST_COMMIT = 200 * 1024;

  private final Reduce<UserState> people;
  private final Reduce<RunState> runs;
  private final Redelivery redelivery;
  private final DeadLetters deadLetters;
  private final Host host;

  GroupReduction(
      Reduce<UserState> people,
      Reduce<RunState> runs,
      Redelivery redelivery,
      DeadLetters deadLetters,
      Host host) {
    this.people = people;
    this.runs = runs;
    this.redelivery = redelivery;
    this.deadLetters = deadLetters;
    this.host = host;
  }

  /**
   * Those of the messages that are not done, from the first failing one on.
   *
   * @param context says how much time is left
   */
  List<SQSMessage> reduce(List<SQSMessage> messages, Context context) {
    int done = 0;
    while (done < messages.size()) {
      List<SQSMessage> chunk = chunk(messages.subList(done, messages.size()));
      int reduced = tryOften(chunk, context);
      done += reduced;
      if (reduced < chunk.size()) {
        List<SQSMessage> undone = List.copyOf(messages.subList(done, messages.size()));
        pause(undone);
        return undone;
      }
    }
    return List.of();
  }

  private int tryOften(List<SQSMessage> messages, Context context) {
    int done = 0;
    int tries = 0;
    while (done < messages.size()) {
      RuntimeException failure;
      try {
        Parsed parsed = parse(messages.subList(done, messages.size()));
        Outcome outcome =
            parsed.incoming().isEmpty() ? new Outcome(0, null) : reduced(parsed.incoming());
        done += outcome.done();
        failure = outcome.failure() == null ? parsed.failure() : outcome.failure();
        if (failure instanceof UnreadableException never) {
          setAside(messages.get(done), never);
          done++;
          continue;
        }
      } catch (RuntimeException e) {
        failure = e;
      }
      if (failure != null) {
        LOG.warn("{} of {} messages reduced", done, messages.size(), failure);
        tries++;
        if (tries == TRIES
            || context.getRemainingTimeInMillis() < A_TRY_MILLIS
            || !host.pause(FIRST_PAUSE.multipliedBy(1L << (2 * tries)))) {
          break;
        }
      }
    }
    return done;
  }

  /** All messages of a group are of one log. */
  private Outcome reduced(List<Incoming> incoming) {
    return switch (incoming.getFirst().envelope().subject()) {
      case Person person -> people.reduce(incoming);
      case PersonRun run -> runs.reduce(incoming);
    };
  }

  /** It would fail for ever, and hold up what the person does next. */
  private void setAside(SQSMessage message, UnreadableException why) {
    LOG.error("message {} goes to the dead letters", message.getMessageId(), why);
    deadLetters.keep(
        Groups.group(message), message.getMessageId(), message.getBody(), why.reason());
  }

  /** As many messages as can be read, from the first on. */
  private static Parsed parse(List<SQSMessage> messages) {
    List<Incoming> incoming = new ArrayList<>();
    RuntimeException failure = null;
    for (SQSMessage message : messages) {
      try {
        incoming.add(new Incoming(envelope(message), received(message)));
      } catch (UnknownTypeException | UnreadableException e) {
        failure = e;
        break;
      }
    }
    return new Parsed(incoming, failure);
  }

  private static Envelope envelope(SQSMessage message) {
    Envelope envelope;
    try {
      envelope = EnvelopeJson.fromInbox(message.getBody());
    } catch (IllegalArgumentException e) {
      throw new UnreadableException("it is no envelope", e);
    }
    if (!envelope.subject().group().equals(Groups.group(message))) {
      throw new UnreadableException("it came in the group of another", null);
    }
    return envelope;
  }

  /**
   * Messages as envelopes.
   *
   * @param failure why the next one could not be read; null if all were
   */
  private record Parsed(List<Incoming> incoming, @Nullable RuntimeException failure) {}

  private static List<SQSMessage> chunk(List<SQSMessage> messages) {
    int bytes = 0;
    int count = 0;
    for (SQSMessage message : messages) {
      bytes += message.getBody().getBytes(StandardCharsets.UTF_8).length;
      if (count > 0 && bytes > LARGEST_COMMIT) {
        break;
      }
      count++;
    }
    return messages.subList(0, count);
  }

  private void pause(List<SQSMessage> messages) {
    int seconds = Math.min(LONGEST_PAUSE_SECONDS, 1 << Math.min(5, received(messages.getFirst())));
    for (SQSMessage message : messages) {
      redelivery.in(Duration.ofSeconds(seconds), message.getReceiptHandle());
    }
  }

  private static int received(SQSMessage message) {
    return Integer.parseInt(message.getAttributes().getOrDefault("ApproximateReceiveCount", "1"));
  }
}
