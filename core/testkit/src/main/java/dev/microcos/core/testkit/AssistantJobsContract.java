package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.AssistantJobs;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every way to the assistant keeps to. */
public abstract class AssistantJobsContract {

  private final Random random = new Random(17);

  /** The assistant's work. */
  protected abstract AssistantJobs jobs();

  /** The next jobs as the assistant gets them, at least so many; they are gone by that. */
  protected abstract List<AssistantJob> receive(int atLeast) throws Exception;

  /** A person. */
  protected abstract Person newPerson();

  @Test
  void every_job_arrives_as_it_was_submitted() throws Exception {
    List<AssistantJob> submitted = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      EventId event = EventId.create(People.NOON, random);
      submitted.add(
          new AssistantJob(
              new Person(newPerson().user(), i + 1),
              OperationId.startedBy(event),
              new RequestId("req_" + event.uuid()),
              i,
              "effect" + i));
      jobs().submit(submitted.getLast());
    }
    assertThat(receive(12)).containsAll(submitted);
  }
}
