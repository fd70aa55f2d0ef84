package dev.microcos.core.testkit;

import dev.microcos.core.application.port.Call;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.log.Fact.TokenUse;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Calls of models in memory. */
public final class MemoryOperations implements Operations {

  private final Map<Key, Held> rows = new HashMap<>();
  private final Set<String> reopened = new HashSet<>();

  private record Key(Person person, OperationId operation) {}

  private record Held(OperationRow row, Instant lease) {}

  @Override
  public synchronized Claim claim(Call call, Instant now, Duration lease) {
    Key key = new Key(call.person(), call.operation());
    Held held = rows.get(key);
    if (held != null) {
      switch (held.row().status()) {
        case OperationRow.RUNNING -> {
          if (!held.lease().isBefore(now)) {
            return new Claim.Held(held.lease());
          }
        }
        case OperationRow.CANCELLED -> {
          return new Claim.Cancelled();
        }
        default -> {
          return new Claim.Done();
        }
      }
    }
    int attempt = held == null ? 1 : held.row().attempt() + 1;
    OperationRow row =
        row(
            call.operation(),
            call.request(),
            call.kind(),
            OperationRow.RUNNING,
            attempt,
            now,
            "",
            "");
    rows.put(key, new Held(row, now.plus(lease)));
    return new Claim.Taken(attempt);
  }

  @Override
  public synchronized Standing checkpoint(Person person, Progress progress, Instant leaseUntil) {
    Key key = new Key(person, progress.operation());
    Held held = rows.get(key);
    if (held == null || !isRunning(held, progress.attempt())) {
      boolean cancelled = held != null && held.row().status().equals(OperationRow.CANCELLED);
      return cancelled ? Standing.CANCELLED : Standing.TAKEN_OVER;
    }
    OperationRow was = held.row();
    rows.put(
        key,
        new Held(
            row(
                was.operation(),
                was.request(),
                was.kind(),
                OperationRow.RUNNING,
                was.attempt(),
                was.startedAt(),
                progress.prompt(),
                progress.text()),
            leaseUntil));
    return Standing.OURS;
  }

  @Override
  public synchronized void finish(Person person, OperationRow row) {
    Key key = new Key(person, row.operation());
    Held held = rows.get(key);
    if (held == null || held.row().attempt() == row.attempt()) {
      rows.put(key, new Held(row, Instant.EPOCH));
    }
  }

  @Override
  public synchronized void cancel(Person person, OperationId operation, Instant now) {
    Key key = new Key(person, operation);
    Held held = rows.get(key);
    if (held == null) {
      RequestId request = new RequestId("req_" + operation.uuid());
      rows.put(
          key,
          new Held(
              row(operation, request, "narrate", OperationRow.CANCELLED, 0, now, "", ""),
              Instant.EPOCH));
    } else if (held.row().status().equals(OperationRow.RUNNING)) {
      OperationRow was = held.row();
      rows.put(
          key,
          new Held(
              row(
                  operation,
                  was.request(),
                  was.kind(),
                  OperationRow.CANCELLED,
                  was.attempt(),
                  was.startedAt(),
                  was.prompt(),
                  was.text()),
              Instant.EPOCH));
    }
  }

  @Override
  public synchronized void reopen(
      Person person, OperationId operation, int attempt, String effectId) {
    if (!reopened.add(operation + " " + effectId)) {
      return;
    }
    Key key = new Key(person, operation);
    Held held = rows.get(key);
    if (held == null) {
      cancel(person, operation, Instant.EPOCH);
      held = Objects.requireNonNull(rows.get(key));
    }
    OperationRow was = held.row();
    boolean over =
        was.status().equals(OperationRow.COMPLETE) || was.status().equals(OperationRow.FAILED);
    rows.put(
        key,
        new Held(
            row(
                was.operation(),
                was.request(),
                was.kind(),
                OperationRow.RUNNING,
                Math.max(over ? was.attempt() : was.attempt() + 1, attempt - 1),
                was.startedAt(),
                "",
                ""),
            Instant.EPOCH));
  }

  @Override
  public synchronized Optional<OperationRow> find(Person person, OperationId operation) {
    return Optional.ofNullable(rows.get(new Key(person, operation))).map(Held::row);
  }

  @Override
  public synchronized List<OperationRow> list(Person person, int limit) {
    return rows.entrySet().stream()
        .filter(each -> each.getKey().person().equals(person))
        .map(each -> each.getValue().row())
        .sorted(Comparator.comparing((OperationRow row) -> row.operation().value()).reversed())
        .limit(limit)
        .toList();
  }

  /** Deletes the calls of a person; how many there were. */
  public synchronized int delete(Person person) {
    int before = rows.size();
    rows.keySet().removeIf(key -> key.person().equals(person));
    return before - rows.size();
  }

  private static boolean isRunning(Held held, int attempt) {
    return held.row().status().equals(OperationRow.RUNNING) && held.row().attempt() == attempt;
  }

  private static OperationRow row(
      OperationId operation,
      RequestId request,
      String kind,
      String status,
      int attempt,
      Instant startedAt,
      String prompt,
      String text) {
    return new OperationRow(
        operation,
        request,
        kind,
        status,
        attempt,
        startedAt,
        TokenUse.NONE,
        0,
        Duration.ZERO,
        Duration.ZERO,
        "",
        prompt,
        text);
  }
}
