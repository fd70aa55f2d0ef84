package dev.microcos.core.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.UserFact.TaskDeleted;
import dev.microcos.core.domain.log.UserFact.TaskUpdated;
import dev.microcos.core.domain.user.TaskChanges.Clearable;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskRulesTest {

  private static final TaskChanges DONE =
      new TaskChanges(null, null, null, null, TaskStatus.DONE, Set.of());

  private final Story story = new Story();

  private Task task(TaskId id) {
    return Objects.requireNonNull(story.state().tasks().get(id.value()));
  }

  @Test
  void a_new_task_is_open() {
    TaskId id = story.adds("buy milk");
    assertThat(task(id).title()).isEqualTo("buy milk");
    assertThat(task(id).status()).isEqualTo(TaskStatus.OPEN);
  }

  @Test
  void a_change_leaves_what_it_does_not_name() {
    TaskId id = story.adds("buy milk");
    story.comes(_ -> new TaskUpdated(id, DONE));
    assertThat(task(id).status()).isEqualTo(TaskStatus.DONE);
    assertThat(task(id).due()).isEqualTo("2026-12-01");
    assertThat(task(id).notes()).isEqualTo("notes");
  }

  @Test
  void a_change_can_take_a_field_away() {
    TaskId id = story.adds("buy milk");
    TaskChanges cleared =
        new TaskChanges("buy oat milk", null, null, null, null, Set.of(Clearable.DUE));
    story.comes(_ -> new TaskUpdated(id, cleared));
    assertThat(task(id).due()).isNull();
    assertThat(task(id).title()).isEqualTo("buy oat milk");
  }

  @Test
  void a_change_of_what_is_not_there_is_refused_by_name() {
    TaskId id = story.adds("buy milk");
    story.comes(_ -> new TaskDeleted(id));
    assertThat(story.state().tasks().size()).isZero();
    story.comes(_ -> new TaskUpdated(id, DONE));
    assertThat(story.facts())
        .singleElement()
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(RejectionCode.NOT_FOUND);
              assertThat(refused.detail()).contains(id.value());
            });
  }
}
