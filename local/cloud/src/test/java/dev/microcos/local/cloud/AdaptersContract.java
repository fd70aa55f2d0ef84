package dev.microcos.local.cloud;

import dev.microcos.core.application.port.Archive;
import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.AssistantJobs;
import dev.microcos.core.application.port.Connections;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.Tickets;
import dev.microcos.core.application.port.Watching;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.testkit.ArchiveContract;
import dev.microcos.core.testkit.AssistantJobsContract;
import dev.microcos.core.testkit.ConnectionsContract;
import dev.microcos.core.testkit.InboxContract;
import dev.microcos.core.testkit.OperationsContract;
import dev.microcos.core.testkit.PeopleContract;
import dev.microcos.core.testkit.RunLogContract;
import dev.microcos.core.testkit.TicketsContract;
import dev.microcos.core.testkit.UserLogContract;
import dev.microcos.core.testkit.WatchingContract;
import dev.microcos.core.wire.EnvelopeJson;
import dev.microcos.core.wire.JobJson;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** The adapters to AWS keep what the ports promise, on whatever answers as AWS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AdaptersContract {

  /** What answers as AWS. */
  abstract AwsFixture aws();

  /** A person whom nobody has met, with a data key. */
  private Person anybody() {
    UserId user = UserId.of("https://issuer.test", UUID.randomUUID().toString());
    return aws().adapters().people().current(user);
  }

  @Nested
  class The_log extends UserLogContract {
    @Override
    protected EventLog<UserState> log() {
      return aws().adapters().log();
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_log_of_runs extends RunLogContract {
    @Override
    protected EventLog<RunState> log() {
      return aws().adapters().runLog();
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_operations extends OperationsContract {
    @Override
    protected Operations operations() {
      return aws().adapters().operations();
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_people extends PeopleContract {
    private final People others = aws().otherAdapters().people();

    @Override
    protected People people() {
      return aws().adapters().people();
    }

    @Override
    protected People others() {
      return others;
    }

    @Override
    protected UserId newUser() {
      return UserId.of("https://issuer.test", UUID.randomUUID().toString());
    }
  }

  @Nested
  class The_archive extends ArchiveContract {
    @Override
    protected Archive archive() {
      return aws().adapters().archive();
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_connections extends ConnectionsContract {
    @Override
    protected Connections connections() {
      return aws().adapters().connections();
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_watching extends WatchingContract {
    @Override
    protected Watching watching() {
      return aws().adapters().watching();
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_tickets extends TicketsContract {
    @Override
    protected Tickets tickets() {
      return aws().adapters().tickets();
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_inbox extends InboxContract {
    @Override
    protected Inbox inbox() {
      return aws().adapters().inbox();
    }

    @Override
    protected List<Envelope> receive(int atLeast) {
      return aws().take(AwsFixture.INBOX, atLeast).stream().map(EnvelopeJson::fromInbox).toList();
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }

  @Nested
  class The_assistants_jobs extends AssistantJobsContract {
    @Override
    protected AssistantJobs jobs() {
      return aws().adapters().assistantJobs();
    }

    @Override
    protected List<AssistantJob> receive(int atLeast) {
      return aws().take(AwsFixture.ASSISTANT, atLeast).stream().map(JobJson::read).toList();
    }

    @Override
    protected Person newPerson() {
      return anybody();
    }
  }
}
