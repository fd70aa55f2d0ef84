package dev.microcos.core.testkit;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.user.UserAggregate;
import dev.microcos.core.domain.user.UserState;
import java.time.Instant;
import java.util.List;

/** What every log of people keeps to. */
public abstract class UserLogContract extends EventLogContract<UserState> {

  private final People people = new People(7);

  /** For a log of people. */
  protected UserLogContract() {
    super(UserAggregate.USER);
  }

  /** A person of whom the log holds nothing. */
  protected abstract Person newPerson();

  @Override
  Subject newSubject() {
    return newPerson();
  }

  @Override
  Envelope more(Subject subject, String what, Instant at) {
    return people.adds(subject.person(), what, at);
  }

  @Override
  Envelope first(Subject subject, String text, Instant at) {
    return people.says(subject.person(), text, at);
  }

  @Override
  Object content(UserState state) {
    return List.of(
        state.seq(),
        state.committedAt(),
        state.messages(),
        state.tasks(),
        state.operations(),
        state.usage(),
        state.minute(),
        state.preferences());
  }
}
