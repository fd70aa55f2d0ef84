package dev.microcos.functions.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.InvalidRequest;
import dev.microcos.core.application.Read;
import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.application.port.RunPush;
import dev.microcos.core.application.port.Watching;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.run.Question;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.wire.DataSchemas;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.Schemas;
import java.util.List;
import java.util.Optional;

/** What a page can say about a run. */
record RunActions(ReadRuns runs, Watching watching, RunPush push) {

  static RunActions of(Host host, Adapters adapters) {
    return new RunActions(
        new ReadRuns(adapters.log(), adapters.runLog(), adapters.runs(), host.clock()),
        adapters.watching(),
        adapters.runPush());
  }

  /** Watches first, so that nothing falls between the answer and the next commit's frame. */
  void subscribe(Person person, String connection, ObjectNode frame) {
    RunId run = run(frame);
    if (runs.find(person, run).isEmpty()) {
      throw new NotThere("there is no " + run);
    }
    watching.watch(person, connection, run);
    Read.Tail<RunState> tail =
        runs.tail(person, run, frame.path("after").asLong())
            .orElseThrow(() -> new NotThere("there is no " + run));
    push.sync(connection, tail.from(), tail.to(), tail.events());
  }

  void unsubscribe(Person person, String connection, ObjectNode frame) {
    watching.unwatch(person, connection, run(frame));
  }

  /**
   * The answer that a frame gives.
   *
   * @param same the event that the same action makes, or made before, if the frame names one; one
   *     that was refused then is refused again
   * @throws NotThere if there is no such question
   * @throws InvalidRequest if it does not fit
   * @throws TooLate if the question has its answer by something else
   */
  InputReceived input(Person person, ObjectNode frame, Optional<EventId> same) {
    InputId input = new InputId(frame.path("input_id").asText());
    Question question =
        runs.question(person, run(frame), input)
            .orElseThrow(() -> new NotThere("there is no " + input));
    if (!question.isOpen() && same.filter(id -> isTaken(person, frame, id)).isEmpty()) {
      throw tooLate(question);
    }
    JsonNode value = frame.path("value");
    List<Schemas.Fault> faults = DataSchemas.faults(DocumentJson.tree(question.schema()), value);
    if (!faults.isEmpty()) {
      throw new InvalidRequest("/value" + faults.getFirst().pointer(), faults.getFirst().detail());
    }
    return new InputReceived(input, DocumentJson.of(value), person.user().value(), null);
  }

  private static TooLate tooLate(Question question) {
    Question.Answer answer = question.answer();
    return new TooLate(
        answer == null
            ? "the question can be answered no longer"
            : "the question was answered before, by "
                + answer.by()
                + " at "
                + Json.instant(answer.at()));
  }

  private boolean isTaken(Person person, ObjectNode frame, EventId id) {
    return runs.read()
        .find(new PersonRun(person, run(frame)), id)
        .filter(event -> event.fact() instanceof InputReceived)
        .isPresent();
  }

  static RunId run(ObjectNode frame) {
    return new RunId(frame.path("run_id").asText());
  }
}
