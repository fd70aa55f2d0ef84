package dev.microcos.functions.ingress;

import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;

/** Which path is answered by what. */
final class Routes {

  private final Writes writes;
  private final Reads reads;
  private final Account account;
  private final Service service;
  private final Workflows workflows;

  private Routes(
      Writes writes, Reads reads, Account account, Service service, Workflows workflows) {
    this.writes = writes;
    this.reads = reads;
    this.account = account;
    this.service = service;
    this.workflows = workflows;
  }

  static Routes of(Host host) {
    Adapters adapters = new Adapters(host);
    Acceptance acceptance = Acceptance.of(host, adapters);
    SocketTickets tickets = new SocketTickets(host, adapters.tickets());
    return new Routes(
        new Writes(acceptance),
        Reads.of(host, adapters),
        Account.of(host, adapters),
        Service.of(host, adapters, tickets),
        Workflows.of(host, adapters, acceptance, tickets));
  }

  /**
   * Answers a call.
   *
   * @throws Problem if it is refused
   */
  Reply answer(Call call) {
    if (call.path().equals("/health")) {
      return only("GET", call, service::health);
    }
    if (call.segments().size() == 1) {
      return workflows.orchestrator(call);
    }
    if (!call.segments().getFirst().equals("v1")) {
      throw Problem.notFound(call.path());
    }
    if (Workflows.PATHS.contains(call.segments().get(1))) {
      return workflows.answer(call);
    }
    return switch (call.segments().size()) {
      case 2 -> collection(call);
      case 3 -> element(call, call.segments().get(2));
      case 4 -> action(call, call.segments().get(2));
      default -> throw Problem.notFound(call.path());
    };
  }

  private Reply collection(Call call) {
    return switch (call.segments().get(1)) {
      case "messages" ->
          switch (call.method()) {
            case "POST" -> writes.message(call);
            case "GET" -> reads.messages(call);
            default -> throw Problem.methodNotAllowed("GET, POST");
          };
      case "tasks" -> only("POST", call, writes::createTask);
      case "calendar-events" -> only("POST", call, writes::addCalendarEvent);
      case "preferences" -> only("PUT", call, writes::preferences);
      case "state" -> only("GET", call, reads::state);
      case "events" -> only("GET", call, reads::events);
      case "operations" -> only("GET", call, reads::operations);
      case "export" -> only("GET", call, reads::export);
      case "account" -> only("DELETE", call, account::erase);
      case "config" -> only("GET", call, service::config);
      case "socket-tickets" -> only("POST", call, service::ticket);
      default -> throw Problem.notFound(call.path());
    };
  }

  private Reply element(Call call, String id) {
    return switch (call.segments().get(1)) {
      case "tasks" ->
          switch (call.method()) {
            case "PATCH" -> writes.updateTask(call, id);
            case "DELETE" -> writes.deleteTask(call, id);
            default -> throw Problem.methodNotAllowed("PATCH, DELETE");
          };
      case "calendar-events" -> only("DELETE", call, each -> writes.removeCalendarEvent(each, id));
      case "operations" -> only("GET", call, each -> reads.operation(each, id));
      case "trace" -> only("GET", call, each -> reads.trace(each, id));
      default -> throw Problem.notFound(call.path());
    };
  }

  private Reply action(Call call, String id) {
    return switch (call.segments().get(1) + "/" + call.segments().get(3)) {
      case "operations/cancel" -> only("POST", call, each -> writes.cancel(each, id));
      case "operations/retry" -> only("POST", call, each -> writes.retry(each, id));
      default -> throw Problem.notFound(call.path());
    };
  }

  static Reply only(String method, Call call, Endpoint endpoint) {
    if (!call.method().equals(method)) {
      throw Problem.methodNotAllowed(method);
    }
    return endpoint.answer(call);
  }

  /** What answers one kind of call. */
  @FunctionalInterface
  interface Endpoint {
    Reply answer(Call call);
  }
}
