package dev.microcos.functions.ingress;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.microcos.core.application.History;
import dev.microcos.core.application.Read;
import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.People;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.user.Message;
import dev.microcos.core.domain.user.UserAggregate;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.EnvelopeJson;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.OperationJson;
import dev.microcos.core.wire.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a person can see of what is theirs. */
final class Reads {

  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  /** Bytes of events in one part of an export; Lambda answers with at most 6 MB. */
  private static final int LARGEST_EXPORT = 2_500_000;

  private final People people;
  private final Read<UserState> read;
  private final History history;
  private final Operations operations;
  private final RunExport runs;

  private Reads(
      People people, Read<UserState> read, History history, Operations operations, RunExport runs) {
    this.people = people;
    this.read = read;
    this.history = history;
    this.operations = operations;
    this.runs = runs;
  }

  static Reads of(Host host, Adapters adapters) {
    EventLog<UserState> log = adapters.log();
    return new Reads(
        adapters.people(),
        new Read<>(log, UserAggregate.USER, host.clock()),
        new History(log, adapters.archive()),
        adapters.operations(),
        new RunExport(
            adapters.runs(), new ReadRuns(log, adapters.runLog(), adapters.runs(), host.clock())));
  }

  Reply state(Call call) {
    Person person = person(call);
    Optional<Long> since = call.number("since", 0, Long.MAX_VALUE);
    if (since.isPresent()) {
      Read.Tail<UserState> tail = read.tail(person, since.get());
      return View.canPatch(tail.from(), tail.to()) ? patch(tail) : whole(call, tail.to());
    }
    Optional<Long> at = call.number("at", 0, Long.MAX_VALUE);
    UserState state = at.isPresent() ? read.at(person, at.get()) : read.state(person);
    if (at.isPresent() && state.seq() != at.get()) {
      throw Problem.notFound("seq " + at.get() + "; the newest is " + state.seq());
    }
    return whole(call, state);
  }

  private static Reply whole(Call call, UserState state) {
    String hash = View.hash(state);
    String tag = '"' + hash + '"';
    if (call.knows(tag)) {
      return Reply.empty(304).with("etag", tag);
    }
    return Reply.json(
            200,
            out -> {
              out.writeStartObject();
              out.writeNumberField("seq", state.seq());
              out.writeStringField("hash", hash);
              out.writeFieldName("state");
              View.write(state, out);
              out.writeEndObject();
            })
        .with("etag", tag);
  }

  private static Reply patch(Read.Tail<UserState> tail) {
    return Reply.json(
        200,
        out -> {
          out.writeStartObject();
          out.writeNumberField("from", tail.from().seq());
          out.writeNumberField("seq", tail.to().seq());
          out.writeStringField("hash", View.hash(tail.to()));
          out.writeFieldName("patch");
          View.patch(tail.from(), tail.to(), out);
          out.writeEndObject();
        });
  }

  Reply events(Call call) {
    long after = call.number("after", 0, 0, Long.MAX_VALUE);
    int limit = (int) call.number("limit", PAGE, 1, LARGEST_PAGE);
    List<Event> events = read.events(person(call), after, limit);
    return Reply.json(
        200,
        out -> {
          out.writeStartObject();
          events("events", events, out);
          out.writeNumberField("next", events.isEmpty() ? after : events.getLast().seq());
          out.writeEndObject();
        });
  }

  /**
   * Everything as one file; what is past the first part of a very long log, or of very many runs,
   * follows by {@code next}.
   */
  Reply export(Call call) {
    Person person = person(call);
    long after = call.number("after", 0, 0, Long.MAX_VALUE);
    Optional<RunId> before = call.id("runs_before", RunId::new, "a run");
    UserState state = read.state(person);
    List<OperationRow> rows = operations.list(person, LARGEST_PAGE);
    return Reply.json(
            200,
            out -> {
              out.writeStartObject();
              out.writeNumberField("version", 1);
              out.writeStringField("user_id", person.user().value());
              out.writeNumberField("seq", state.seq());
              out.writeStringField("hash", View.hash(state));
              if (after == 0 && before.isEmpty()) {
                out.writeFieldName("state");
                View.write(state, out);
                out.writeArrayFieldStart("operations");
                for (OperationRow row : rows) {
                  OperationJson.whole(row, out);
                }
                out.writeEndArray();
              }
              long next = exported(person, after, state.seq(), out);
              if (next < state.seq()) {
                out.writeStringField("next", "/v1/export?after=" + next);
              } else {
                Optional<RunId> more = runs.write(person, before, LARGEST_EXPORT, out);
                if (more.isPresent()) {
                  out.writeStringField(
                      "next", "/v1/export?after=" + next + "&runs_before=" + more.get());
                }
              }
              out.writeEndObject();
            })
        .with("content-disposition", "attachment; filename=\"micro-cos.json\"");
  }

  /** Writes the events up to {@code newest} or until the part is full; the seq of the last one. */
  private long exported(Person person, long after, long newest, JsonGenerator out)
      throws IOException {
    long last = after;
    int bytes = 0;
    out.writeArrayFieldStart("events");
    while (last < newest && bytes < LARGEST_EXPORT) {
      for (Event event : read.events(person, last, PAGE)) {
        byte[] json = Json.bytes(each -> EnvelopeJson.write(event, each));
        out.writeRawValue(new String(json, StandardCharsets.UTF_8));
        bytes += json.length;
        last = event.seq();
      }
    }
    out.writeEndArray();
    return last;
  }

  Reply messages(Call call) {
    long before = call.number("before", Long.MAX_VALUE, 0, Long.MAX_VALUE);
    int limit = (int) call.number("limit", PAGE, 1, LARGEST_PAGE);
    Optional<ConversationId> conversation =
        call.id("conversation_id", ConversationId::new, "a conversation, such as main");
    History.Page page = history.page(person(call), before, conversation, limit);
    return Reply.json(
        200,
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("messages");
          for (Message message : page.messages()) {
            View.row(message, out);
          }
          out.writeEndArray();
          if (page.more()) {
            out.writeNumberField("next", page.messages().getLast().seq());
          }
          out.writeEndObject();
        });
  }

  Reply operations(Call call) {
    int limit = (int) call.number("limit", PAGE, 1, LARGEST_PAGE);
    List<OperationRow> rows = operations.list(person(call), limit);
    return Reply.json(
        200,
        out -> {
          out.writeStartObject();
          rows(rows, out);
          out.writeEndObject();
        });
  }

  Reply operation(Call call, String id) {
    OperationId operation = Paths.id(id, OperationId::new);
    OperationRow row =
        operations.find(person(call), operation).orElseThrow(() -> Problem.notFound(id));
    return Reply.json(200, out -> OperationJson.whole(row, out));
  }

  Reply trace(Call call, String id) {
    RequestId request = Paths.id(id, RequestId::new);
    Person person = person(call);
    List<Event> events = read.causedBy(person, request);
    if (events.isEmpty()) {
      throw Problem.notFound(id);
    }
    Collection<OperationId> ids = new LinkedHashSet<>();
    events.stream()
        .map(event -> event.envelope().operation())
        .filter(Objects::nonNull)
        .forEach(ids::add);
    List<OperationRow> rows =
        ids.stream().flatMap(each -> operations.find(person, each).stream()).toList();
    return Reply.json(
        200,
        out -> {
          out.writeStartObject();
          out.writeStringField("request_id", id);
          events("events", events, out);
          rows(rows, out);
          out.writeEndObject();
        });
  }

  static void events(String field, List<Event> events, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(field);
    for (Event event : events) {
      EnvelopeJson.write(event, out);
    }
    out.writeEndArray();
  }

  private static void rows(List<OperationRow> rows, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("operations");
    for (OperationRow row : rows) {
      OperationJson.brief(row, out);
    }
    out.writeEndArray();
  }

  private Person person(Call call) {
    return people.current(call.user());
  }
}
