package dev.microcos.core.testkit;

import dev.microcos.core.application.port.Archive;
import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.AssistantJobs;
import dev.microcos.core.application.port.Connections;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Executions;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.application.port.Tickets;
import dev.microcos.core.application.port.Watching;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.run.RunAggregate;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.domain.user.UserState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The ports in memory keep what the others must keep. */
class MemoryPortsTest {

  private int people;

  private Person anybody() {
    return People.person("person " + people++);
  }

  @Nested
  class The_log extends UserLogContract {
    private final MemoryLog<UserState> log = MemoryLog.ofPeople();

    @Override
    protected EventLog<UserState> log() {
      return log;
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_log_of_runs extends RunLogContract {
    private final MemoryLog<RunState> log = new MemoryLog<>(RunAggregate.RUN);

    @Override
    protected EventLog<RunState> log() {
      return log;
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_people extends PeopleContract {
    private final MemoryPeople people = new MemoryPeople();
    private int users;

    @Override
    protected dev.microcos.core.application.port.People people() {
      return people;
    }

    @Override
    protected dev.microcos.core.application.port.People others() {
      return people;
    }

    @Override
    protected UserId newUser() {
      return UserId.of("https://issuer.test", "user " + users++);
    }
  }

  @Nested
  class The_archive extends ArchiveContract {
    private final MemoryArchive archive = new MemoryArchive();

    @Override
    protected Archive archive() {
      return archive;
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_operations extends OperationsContract {
    private final MemoryOperations operations = new MemoryOperations();

    @Override
    protected Operations operations() {
      return operations;
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_connections extends ConnectionsContract {
    private final MemoryConnections connections = new MemoryConnections();

    @Override
    protected Connections connections() {
      return connections;
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_tickets extends TicketsContract {
    private final MemoryTickets tickets = new MemoryTickets();

    @Override
    protected Tickets tickets() {
      return tickets;
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_inbox extends InboxContract {
    private final MemoryInbox inbox = new MemoryInbox();

    @Override
    protected Inbox inbox() {
      return inbox;
    }

    @Override
    protected List<Envelope> receive(int atLeast) {
      return inbox.take();
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_assistants_jobs extends AssistantJobsContract {
    private final MemoryJobs jobs = new MemoryJobs();

    @Override
    protected AssistantJobs jobs() {
      return jobs;
    }

    @Override
    protected List<AssistantJob> receive(int atLeast) {
      return jobs.take();
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_executions extends ExecutionsContract {
    private final MemoryExecutions executions = new MemoryExecutions();

    @Override
    protected Executions executions() {
      return executions;
    }

    @Override
    protected Executions none() {
      MemoryExecutions none = new MemoryExecutions();
      none.refuse("StateMachineDoesNotExist");
      return none;
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }

    @Override
    protected String token(PersonRun run) {
      return "token of " + run.executionName();
    }

    @Override
    protected Outcome outcome(PersonRun run) {
      if (executions.stopped().contains(run.executionName())) {
        return new Outcome("ABORTED", "");
      }
      Document output = executions.succeeded().get(token(run));
      return output == null
          ? new Outcome(
              "FAILED", Objects.requireNonNull(executions.failed().get(token(run))).error())
          : new Outcome("SUCCEEDED", output.json());
    }

    @Override
    protected int count(PersonRun run) {
      return executions.started().containsKey(run.executionName()) ? 1 : 0;
    }
  }

  @Nested
  class The_schedules extends SchedulesContract {
    private final MemorySchedules schedules = new MemorySchedules();

    @Override
    protected Schedules schedules() {
      return schedules;
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }

    @Override
    protected Optional<Schedule> there(Person person, String name) {
      return schedules.list(person).stream()
          .map(KeptSchedule::schedule)
          .filter(each -> each.name().equals(name))
          .findFirst();
    }
  }

  @Nested
  class The_watching extends WatchingContract {
    private final MemoryWatching watching = new MemoryWatching();

    @Override
    protected Watching watching() {
      return watching;
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }
}
