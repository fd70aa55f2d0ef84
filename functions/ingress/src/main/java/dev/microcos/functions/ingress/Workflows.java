package dev.microcos.functions.ingress;

import static dev.microcos.functions.ingress.Routes.only;

import dev.microcos.core.application.Read;
import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.application.StartRun;
import dev.microcos.core.application.port.People;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.domain.user.UserAggregate;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Which path about workflows is answered by what. */
record Workflows(
    Catalog catalog,
    RunWrites writes,
    RunReads reads,
    Signals signals,
    Timetable timetable,
    Orchestrator shortest) {

  /** The first words, behind the version, of the paths that are answered here. */
  static final Set<String> PATHS = Set.of("workflows", "runs", "signals", "webhooks", "schedules");

  static Workflows of(Host host, Adapters adapters, Acceptance acceptance, SocketTickets tickets) {
    People people = adapters.people();
    Catalog catalog = new Catalog(adapters.workflows());
    ReadRuns runs = new ReadRuns(adapters.log(), adapters.runLog(), adapters.runs(), host.clock());
    RunWrites writes =
        new RunWrites(
            host,
            acceptance,
            new StartRun(acceptance.accept(), runs.read()),
            runs,
            people,
            catalog,
            tickets);
    return new Workflows(
        catalog,
        writes,
        new RunReads(runs, people),
        new Signals(acceptance, catalog, runs, people, adapters.secrets(), adapters.owners()),
        new Timetable(
            acceptance,
            catalog,
            new Read<>(adapters.log(), UserAggregate.USER, host.clock()),
            people,
            host.clock()),
        new Orchestrator(writes, runs, people, catalog));
  }

  /** The orchestrator in its shortest form, at the root. */
  Reply orchestrator(Call call) {
    String id = call.segments().getFirst();
    return id.isEmpty()
        ? only("POST", call, shortest::begin)
        : only("GET", call, each -> shortest.status(each, id));
  }

  /** Answers a call whose path is one of these. */
  Reply answer(Call call) {
    List<String> path = call.segments();
    return switch (path.get(1)) {
      case "workflows" -> at(2, call, () -> only("GET", call, catalog::workflows));
      case "runs" -> runs(call, path);
      case "signals" -> signals(call, path);
      case "webhooks" ->
          at(3, call, () -> only("POST", call, each -> signals.webhook(each, path.get(2))));
      default -> schedules(call, path);
    };
  }

  private Reply runs(Call call, List<String> path) {
    return switch (path.size()) {
      case 2 ->
          switch (call.method()) {
            case "POST" -> writes.start(call);
            case "GET" -> reads.list(call);
            default -> throw Problem.methodNotAllowed("GET, POST");
          };
      case 3 -> only("GET", call, each -> reads.run(each, path.get(2)));
      case 4 ->
          switch (path.get(3)) {
            case "events" -> only("GET", call, each -> reads.events(each, path.get(2)));
            case "cancel" -> only("POST", call, each -> writes.cancel(each, path.get(2)));
            case "rerun" -> only("POST", call, each -> writes.rerun(each, path.get(2)));
            default -> throw Problem.notFound(call.path());
          };
      case 5 -> {
        if (!path.get(3).equals("inputs")) {
          throw Problem.notFound(call.path());
        }
        yield only("POST", call, each -> writes.input(each, path.get(2), path.get(4)));
      }
      default -> throw Problem.notFound(call.path());
    };
  }

  private Reply signals(Call call, List<String> path) {
    if (path.size() == 2) {
      return only("POST", call, signals::signal);
    }
    if (path.size() == 3 && path.get(2).equals("routes")) {
      return only("GET", call, catalog::routes);
    }
    throw Problem.notFound(call.path());
  }

  private Reply schedules(Call call, List<String> path) {
    if (path.size() == 2) {
      return only("GET", call, timetable::list);
    }
    return at(
        3,
        call,
        () ->
            switch (call.method()) {
              case "GET" -> timetable.schedule(call, path.get(2));
              case "PUT" -> timetable.set(call, path.get(2));
              case "DELETE" -> timetable.remove(call, path.get(2));
              default -> throw Problem.methodNotAllowed("GET, PUT, DELETE");
            });
  }

  private static Reply at(int length, Call call, Supplier<Reply> answer) {
    if (call.segments().size() != length) {
      throw Problem.notFound(call.path());
    }
    return answer.get();
  }
}
