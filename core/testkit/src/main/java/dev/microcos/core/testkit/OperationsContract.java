package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.Operations.Claim;
import dev.microcos.core.application.port.Operations.Progress;
import dev.microcos.core.application.port.Operations.Standing;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.log.Fact.TokenUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every table of calls keeps to. */
public abstract class OperationsContract {

  private static final Instant NOON = People.NOON;
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Instant LATER = NOON.plus(LEASE).plusMillis(1);

  private final Random random = new Random(11);

  /** Operations, whatever they hold of other people. */
  protected abstract Operations operations();

  /** A person of whom there are no operations. */
  protected abstract Person newPerson();

  private AssistantJob job(Person person, Instant at) {
    EventId event = EventId.create(at, random);
    return new AssistantJob(
        person,
        OperationId.startedBy(event),
        new RequestId("req_" + event.uuid()),
        1,
        "effect-" + event.uuid());
  }

  private OperationRow row(AssistantJob job) {
    return operations().find(job.person(), job.operation()).orElseThrow();
  }

  private static OperationRow finished(AssistantJob job, String status, int attempt) {
    return new OperationRow(
        job.operation(),
        job.request(),
        "narrate",
        status,
        attempt,
        NOON,
        new TokenUse("test-model", 12, 34),
        56,
        Duration.ofMillis(789),
        Duration.ofMillis(12),
        status.equals("failed") ? "cut" : "",
        "the prompt",
        "the “whole” answer 🌍");
  }

  @Test
  void who_claims_first_has_it_until_the_lease_ends() {
    AssistantJob job = job(newPerson(), NOON);
    assertThat(operations().claim(job, NOON, LEASE)).isEqualTo(new Claim.Taken(1));
    assertThat(operations().claim(job, NOON.plus(LEASE), LEASE))
        .isEqualTo(new Claim.Held(NOON.plus(LEASE)));
    assertThat(operations().claim(job, LATER, LEASE)).isEqualTo(new Claim.Taken(2));
  }

  @Test
  void of_many_that_claim_at_once_one_has_it() throws Exception {
    AssistantJob job = job(newPerson(), NOON);
    List<Future<Claim>> claims = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        claims.add(threads.submit(() -> operations().claim(job, NOON, LEASE)));
      }
    }
    List<Claim> outcomes = new ArrayList<>();
    for (Future<Claim> claim : claims) {
      outcomes.add(claim.get());
    }
    assertThat(outcomes).filteredOn(Claim.Taken.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Claim.Held.class::isInstance).hasSize(7);
  }

  @Test
  void a_checkpoint_keeps_the_text_and_renews_the_lease() {
    AssistantJob job = job(newPerson(), NOON);
    assertThat(operations().claim(job, NOON, LEASE)).isEqualTo(new Claim.Taken(1));
    Instant until = NOON.plus(Duration.ofMinutes(1));
    assertThat(checkpoint(job, 1, "half an ans", until)).isEqualTo(Standing.OURS);
    assertThat(operations().claim(job, LATER, LEASE)).isEqualTo(new Claim.Held(until));
    OperationRow row = row(job);
    assertThat(row.status()).isEqualTo("running");
    assertThat(row.attempt()).isEqualTo(1);
    assertThat(row.startedAt()).isEqualTo(NOON);
    assertThat(row.request()).isEqualTo(job.request());
    assertThat(row.prompt()).isEqualTo("the prompt");
    assertThat(row.text()).isEqualTo("half an ans");
  }

  @Test
  void a_new_attempt_begins_without_the_text_of_the_one_before() {
    AssistantJob job = job(newPerson(), NOON);
    assertThat(operations().claim(job, NOON, LEASE)).isEqualTo(new Claim.Taken(1));
    assertThat(checkpoint(job, 1, "half an ans", NOON.plus(LEASE))).isEqualTo(Standing.OURS);
    assertThat(operations().claim(job, LATER, LEASE)).isEqualTo(new Claim.Taken(2));
    assertThat(row(job).attempt()).isEqualTo(2);
    assertThat(row(job).startedAt()).isEqualTo(LATER);
    assertThat(row(job).text()).isEmpty();
  }

  @Test
  void who_was_taken_over_is_told_and_changes_nothing_any_more() {
    AssistantJob job = job(newPerson(), NOON);
    assertThat(operations().claim(job, NOON, LEASE)).isEqualTo(new Claim.Taken(1));
    assertThat(operations().claim(job, LATER, LEASE)).isEqualTo(new Claim.Taken(2));
    assertThat(checkpoint(job, 1, "late", LATER)).isEqualTo(Standing.TAKEN_OVER);
    operations().finish(job.person(), finished(job, "complete", 1));
    assertThat(row(job).status()).isEqualTo("running");
    assertThat(checkpoint(job, 2, "on time", LATER.plus(LEASE))).isEqualTo(Standing.OURS);
    assertThat(row(job).text()).isEqualTo("on time");
  }

  @Test
  void what_is_finished_is_accounted_for_and_done() {
    AssistantJob job = job(newPerson(), NOON);
    assertThat(operations().claim(job, NOON, LEASE)).isEqualTo(new Claim.Taken(1));
    operations().finish(job.person(), finished(job, "complete", 1));
    assertThat(row(job)).isEqualTo(finished(job, "complete", 1));
    assertThat(operations().claim(job, LATER, LEASE)).isEqualTo(new Claim.Done());
    operations().cancel(job.person(), job.operation(), LATER);
    assertThat(row(job).status()).isEqualTo("complete");
  }

  @Test
  void what_is_cancelled_while_it_runs_is_told_at_the_next_checkpoint() {
    AssistantJob job = job(newPerson(), NOON);
    assertThat(operations().claim(job, NOON, LEASE)).isEqualTo(new Claim.Taken(1));
    assertThat(checkpoint(job, 1, "half an ans", NOON.plus(LEASE))).isEqualTo(Standing.OURS);
    operations().cancel(job.person(), job.operation(), NOON);
    assertThat(checkpoint(job, 1, "more", NOON.plus(LEASE))).isEqualTo(Standing.CANCELLED);
    assertThat(row(job).status()).isEqualTo("cancelled");
    assertThat(row(job).text()).isEqualTo("half an ans");
    operations().finish(job.person(), finished(job, "cancelled", 1));
    assertThat(row(job)).isEqualTo(finished(job, "cancelled", 1));
  }

  @Test
  void what_is_cancelled_before_anybody_took_it_on_is_never_taken_on() {
    AssistantJob job = job(newPerson(), NOON);
    operations().cancel(job.person(), job.operation(), NOON);
    operations().cancel(job.person(), job.operation(), NOON);
    assertThat(operations().claim(job, NOON, LEASE)).isEqualTo(new Claim.Cancelled());
    assertThat(row(job).status()).isEqualTo("cancelled");
    assertThat(row(job).attempt()).isZero();
  }

  @Test
  void a_checkpoint_of_what_was_never_taken_on_is_nobodys() {
    AssistantJob job = job(newPerson(), NOON);
    assertThat(checkpoint(job, 1, "text", LATER)).isEqualTo(Standing.TAKEN_OVER);
    assertThat(operations().find(job.person(), job.operation())).isEmpty();
  }

  @Test
  void what_failed_can_be_taken_on_again_once_it_is_reopened() {
    AssistantJob job = job(newPerson(), NOON);
    operations().claim(job, NOON, LEASE);
    operations().finish(job.person(), finished(job, "failed", 1));
    operations().reopen(job.person(), job.operation(), 2, "effect");
    assertThat(operations().claim(job, NOON, LEASE)).isEqualTo(new Claim.Taken(2));
  }

  @Test
  void what_was_done_when_it_was_cancelled_can_be_taken_on_again_too() {
    AssistantJob job = job(newPerson(), NOON);
    operations().claim(job, NOON, LEASE);
    operations().cancel(job.person(), job.operation(), NOON);
    operations().finish(job.person(), finished(job, "complete", 1));
    operations().reopen(job.person(), job.operation(), 2, "effect");
    assertThat(operations().claim(job, NOON, LEASE)).isEqualTo(new Claim.Taken(2));
  }

  @Test
  void asking_again_for_the_same_retry_does_not_disturb_it() {
    AssistantJob job = job(newPerson(), NOON);
    operations().cancel(job.person(), job.operation(), NOON);
    operations().reopen(job.person(), job.operation(), 2, "effect");
    assertThat(operations().claim(job, NOON, LEASE)).isEqualTo(new Claim.Taken(2));
    operations().cancel(job.person(), job.operation(), NOON);
    operations().reopen(job.person(), job.operation(), 2, "effect");
    assertThat(operations().claim(job, NOON, LEASE)).isInstanceOf(Claim.Cancelled.class);
  }

  @Test
  void what_never_began_begins_with_the_attempt_that_is_due() {
    AssistantJob job = job(newPerson(), NOON);
    operations().reopen(job.person(), job.operation(), 3, "effect");
    assertThat(operations().claim(job, NOON, LEASE)).isEqualTo(new Claim.Taken(3));
  }

  @Test
  void who_is_still_at_what_is_reopened_has_lost_it() {
    for (boolean cancelled : new boolean[] {true, false}) {
      AssistantJob job = job(newPerson(), NOON);
      operations().claim(job, NOON, LEASE);
      if (cancelled) {
        operations().cancel(job.person(), job.operation(), NOON);
      }
      operations().reopen(job.person(), job.operation(), 2, "effect");
      assertThat(checkpoint(job, 1, "late", NOON.plus(LEASE))).isEqualTo(Standing.TAKEN_OVER);
      operations().finish(job.person(), finished(job, "complete", 1));
      assertThat(operations().claim(job, NOON, LEASE)).isEqualTo(new Claim.Taken(3));
    }
  }

  @Test
  void the_newest_are_listed_first_and_only_the_persons_own() {
    Person ana = newPerson();
    Person ben = newPerson();
    List<OperationId> hers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      AssistantJob job = job(ana, NOON.plus(Duration.ofMinutes(i)));
      assertThat(operations().claim(job, NOON, LEASE)).isEqualTo(new Claim.Taken(1));
      hers.addFirst(job.operation());
    }
    assertThat(operations().list(ana, 3))
        .extracting(OperationRow::operation)
        .isEqualTo(hers.subList(0, 3));
    assertThat(operations().list(ana, 100)).hasSize(5);
    assertThat(operations().list(ben, 100)).isEmpty();
    assertThat(operations().find(ben, hers.getFirst())).isEmpty();
  }

  private Standing checkpoint(AssistantJob job, int attempt, String text, Instant until) {
    return operations()
        .checkpoint(
            job.person(), new Progress(job.operation(), attempt, "the prompt", text), until);
  }
}
