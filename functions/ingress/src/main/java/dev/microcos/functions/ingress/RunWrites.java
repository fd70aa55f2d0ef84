package dev.microcos.functions.ingress;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.application.Request;
import dev.microcos.core.application.StartRun;
import dev.microcos.core.application.StartRun.Started;
import dev.microcos.core.application.port.People;
import dev.microcos.core.aws.Host;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.run.Question;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.Trigger;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.workflow.WorkflowDefinition;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs of workflows: begun, stopped, begun again, answered. */
record RunWrites(
    Host host,
    Acceptance acceptance,
    StartRun starter,
    ReadRuns runs,
    People people,
    Catalog catalog,
    SocketTickets tickets) {

  private static final CheckedBodies BODIES = new CheckedBodies();

  /** Starts a workflow, and answers when the run's log has begun. */
  Reply start(Call call) {
    ObjectNode body = BODIES.checked(call, "post-run");
    WorkflowDefinition workflow = catalog.find(body.path("workflow").asText());
    JsonNode input = body.has("input") ? body.path("input") : Json.object();
    Catalog.check(workflow, input);
    String step = body.path("start_step").textValue();
    if (step != null && !workflow.startSteps().contains(step)) {
      throw Problem.invalid("/start_step", "must be one of " + workflow.startSteps());
    }
    Started started =
        begin(
            call,
            body,
            new RunStarted(
                workflow.name(),
                workflow.title(),
                workflow.hash(),
                DocumentJson.of(input),
                new Trigger(Trigger.Kind.API, null),
                step,
                null,
                null,
                null,
                null));
    return accepted(call, started, Acceptance.NO_FIELDS);
  }

  /** Has a run begin. */
  Started begin(Call call, ObjectNode body, RunStarted asked) {
    Request request = acceptance.admitted(call, body, _ -> asked);
    Started started;
    try {
      started = starter.start(request, Acceptance.PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("the wait for the run was cut off");
    }
    if (!started.committed()) {
      throw Problem.unavailable(
          started.run() + " is kept and will begin; ask again with the same client_action_id");
    }
    return started;
  }

  /** Stops a run; one that is over stays as it is. */
  Reply cancel(Call call, String id) {
    ObjectNode body = BODIES.checked(call, "empty");
    RunState run = find(call, id);
    if (run.status().isOver() && !acceptance.isRepeated(call, body, run.subject())) {
      return acceptance.unchanged(
          call,
          run.subject().person(),
          out -> {
            out.writeStringField("run_id", id);
            status(run, out);
          });
    }
    Envelope envelope =
        acceptance.write(
            call, body, run.subject().run(), _ -> new RunCancelled(call.user().value()));
    return acceptance.reply(call, envelope, out -> status(run, out));
  }

  /** Answers a question, if it fits and nobody was first. */
  Reply input(Call call, String id, String inputId) {
    ObjectNode body = BODIES.checked(call, "post-run-input");
    RunState run = find(call, id);
    InputId input = Paths.id(inputId, InputId::new);
    Question question = question(run, input);
    if (!question.isOpen() && !acceptance.isRepeated(call, body, run.subject())) {
      throw closed(question);
    }
    Catalog.check("/value", DocumentJson.tree(question.schema()), body.path("value"));
    Document value = DocumentJson.of(body.path("value"));
    Envelope envelope =
        acceptance.write(
            call,
            body,
            run.subject().run(),
            _ -> new InputReceived(input, value, call.user().value(), null));
    try {
      return acceptance.reply(
          call,
          envelope,
          out -> {
            out.writeStringField("input_id", inputId);
            status(run, out);
          });
    } catch (Problem refused) {
      throw refused.status() == 409 ? closed(question(find(call, id), input)) : refused;
    }
  }

  private static Question question(RunState run, InputId input) {
    Question question = run.questions().get(input.value());
    if (question == null) {
      throw Problem.notFound(input.value());
    }
    return question;
  }

  private static Problem closed(Question question) {
    Question.Answer answer = question.answer();
    return answer == null
        ? Problem.conflict("the question can be answered no longer", Map.of())
        : Problem.conflict(
            "the question was answered before",
            Map.of("answered_by", answer.by(), "answered_at", Json.instant(answer.at())));
  }

  /** Runs a workflow again, whole or from a step, or tells what that would do. */
  Reply rerun(Call call, String id) {
    ObjectNode body = BODIES.checked(call, "post-rerun");
    RunState run = find(call, id);
    RunStarted before = Reruns.begun(run);
    WorkflowDefinition workflow = catalog.find(before.workflow());
    String from = body.path("from").textValue();
    Reruns.Plan plan = Reruns.plan(run, from);
    if (from != null) {
      checkFrom(from, workflow);
    }
    if (call.flag("dry_run")) {
      return Reply.json(
          200,
          out -> {
            out.writeStartObject();
            names("runs_again", plan.runsAgain(), out);
            names("keeps", plan.keeps(), out);
            out.writeEndObject();
          });
    }
    if (!run.status().isOver()) {
      throw Problem.conflict(
          "the run is not over; cancel it first",
          Map.of("run_status", run.status().name().toLowerCase(Locale.ROOT)));
    }
    Started started =
        begin(
            call,
            body,
            new RunStarted(
                workflow.name(),
                workflow.title(),
                workflow.hash(),
                before.input(),
                new Trigger(Trigger.Kind.RERUN, null),
                from,
                plan.state(),
                run.subject().run(),
                null,
                null));
    return accepted(
        call,
        started,
        out -> {
          out.writeStringField("rerun_of", id);
          names("runs_again", plan.runsAgain(), out);
        });
  }

  private Reply accepted(Call call, Started started, Acceptance.Fields more) {
    String socket = tickets.issue(started.envelope().person()).url();
    String run = started.run().value();
    Acceptance.Fields places =
        out -> {
          out.writeStringField("run_url", host.require("PAGE_URL") + "#/runs/" + run);
          out.writeStringField("socket_url", socket);
          more.write(out);
        };
    return acceptance.reply(
        call,
        started.envelope(),
        places,
        out -> {
          out.writeStringField("run_id", run);
          places.write(out);
        });
  }

  private RunState find(Call call, String id) {
    Person person = people.current(call.user());
    RunId run = Paths.id(id, RunId::new);
    return runs.find(person, run).orElseThrow(() -> Problem.notFound(id));
  }

  /** A rerun has the state before its step, so it can go on from each state at the top. */
  private static void checkFrom(String step, WorkflowDefinition workflow) {
    if (!workflow.canStartAt(step)) {
      List<String> known =
          workflow.states().stream()
              .filter(state -> state.within().isEmpty())
              .map(WorkflowDefinition.StateLine::name)
              .toList();
      throw Problem.invalid("/from", "must be one of " + known);
    }
  }

  private static void status(RunState run, JsonGenerator out) throws IOException {
    out.writeStringField("run_status", run.status().name().toLowerCase(Locale.ROOT));
  }

  private static void names(String field, List<String> names, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (String name : names) {
      out.writeString(name);
    }
    out.writeEndArray();
  }
}
