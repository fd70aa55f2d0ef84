package dev.microcos.core.domain.user;

import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.Quota;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.log.UserFact.CalendarEventAdded;
import dev.microcos.core.domain.log.UserFact.MemoryUpdated;
import dev.microcos.core.domain.log.UserFact.OperationRetried;
import dev.microcos.core.domain.log.UserFact.ScheduleSet;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.log.UserFact.UserMessage;
import java.time.Instant;
import java.util.Optional;

/** How much a person may ask for. What the system answers itself is only held by its hops. */
final class Limits {

  private Limits() {}

  static Optional<Rejected> refusal(UserState state, Envelope envelope, Policy policy) {
    if (envelope.hops() > Policy.MAX_HOPS) {
      return Optional.of(
          new Rejected(
              RejectionCode.INTERNAL,
              "more than " + Policy.MAX_HOPS + " steps followed from one request",
              envelope.fact().type(),
              null,
              TokenUse.NONE));
    }
    Fact fact = envelope.fact();
    if (fact instanceof MemoryUpdated updated) {
      return memory(state, updated);
    }
    if (!fact.fromPerson() || envelope.hops() > 0) {
      return Optional.empty();
    }
    Instant now = envelope.timestamp();
    Minute minute = state.minute().at(now);
    if (minute.writes() >= policy.writesPerMinute()) {
      return refused(
          fact, "writes a minute", policy.writesPerMinute(), minute.writes(), minute.end());
    }
    return switch (fact) {
      case UserMessage said -> message(state, said, minute, now, policy);
      case TaskCreated created when state.tasks().size() >= Policy.MAX_TASKS ->
          refused(fact, "tasks; delete some", Policy.MAX_TASKS, state.tasks().size(), Instant.MAX);
      case CalendarEventAdded added when state.calendar().size() >= Policy.MAX_CALENDAR_EVENTS ->
          refused(
              fact,
              "events in the calendar; remove some",
              Policy.MAX_CALENDAR_EVENTS,
              state.calendar().size(),
              Instant.MAX);
      case ScheduleSet set
          when state.schedules().size() >= Policy.MAX_SCHEDULES
              && !state.schedules().contains(set.schedule().name()) ->
          refused(
              fact,
              "schedules; remove some",
              Policy.MAX_SCHEDULES,
              state.schedules().size(),
              Instant.MAX);
      case OperationRetried retried -> answer(state, retried, now, policy);
      default -> Optional.empty();
    };
  }

  private static Optional<Rejected> memory(UserState state, MemoryUpdated updated) {
    Rows<Memory> after = Memory.updated(state.memory(), updated);
    if (after.size() > Policy.MAX_MEMORIES && after.size() > state.memory().size()) {
      return refused(
          updated,
          "keys in the memory; clear some",
          Policy.MAX_MEMORIES,
          state.memory().size(),
          Instant.MAX);
    }
    int size = after.stream().mapToInt(Memory::size).sum();
    return size > Policy.MAX_MEMORY && updated.value() != null
        ? refused(
            updated, "characters in the memory; clear some", Policy.MAX_MEMORY, size, Instant.MAX)
        : Optional.empty();
  }

  private static Optional<Rejected> message(
      UserState state, UserMessage said, Minute minute, Instant now, Policy policy) {
    if (minute.messages() >= policy.messagesPerMinute()) {
      return refused(
          said, "messages a minute", policy.messagesPerMinute(), minute.messages(), minute.end());
    }
    return answer(state, said, now, policy);
  }

  private static Optional<Rejected> answer(
      UserState state, Fact asking, Instant now, Policy policy) {
    if (state.operations().size() >= Policy.MAX_OPEN_OPERATIONS) {
      return refused(
          asking,
          "answers waiting",
          Policy.MAX_OPEN_OPERATIONS,
          state.operations().size(),
          state.minute().at(now).end());
    }
    long tokens = Usage.tokensOn(state.usage(), now);
    return tokens >= policy.tokensPerDay()
        ? refused(asking, "tokens a day", policy.tokensPerDay(), tokens, Usage.nextDay(now))
        : Optional.empty();
  }

  private static Optional<Rejected> refused(
      Fact fact, String what, long limit, long current, Instant resetAt) {
    Quota quota = resetAt.equals(Instant.MAX) ? null : new Quota(limit, current, resetAt);
    return Optional.of(
        new Rejected(
            RejectionCode.LIMIT,
            "the limit is " + limit + " " + what,
            fact.type(),
            quota,
            TokenUse.NONE));
  }
}
