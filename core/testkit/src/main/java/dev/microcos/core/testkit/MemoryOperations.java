package dev.microcos.core.testkit;

import dev.microcos.core.application.port.AssistantJob;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls of models in memory. */
public final class MemoryOperations implements Operations {

  private final Map<Key, Held> rows = new HashMap<>();

  private record Key(Person person, OperationId operation) {}

  private record Held(OperationRow row, Instant lease) {}

  @Override
  public synchronized Claim claim(AssistantJob job, Instant now, Duration lease) {
    Key key = new Key(job.person(), job.operation());
    Held held = rows.get(key);
    if (held != null) {
      switch (held.row().status()) {
        case "running" -> {
          if (!held.lease().isBefore(now)) {
            return new Claim.Held(held.lease());
          }
        }
        case "cancelled" -> {
          return new Claim.Cancelled();
        }
        default -> {
          return new Claim.Done();
        }
      }
    }
    int attempt = held == null ? 1 : held.row().attempt() + 1;
    OperationRow row = row(job.operation(), job.request(), "running", attempt, now, "", "");
    rows.put(key, new Held(row, now.plus(lease)));
    return new Claim.Taken(attempt);
  }

  @Override
  public synchronized Standing checkpoint(Person person, Progress progress, Instant leaseUntil) {
    Key key = new Key(person, progress.operation());
    Held held = rows.get(key);
    if (held == null || !isRunning(held, progress.attempt())) {
      boolean cancelled = held != null && held.row().status().equals("cancelled");
      return cancelled ? Standing.CANCELLED : Standing.TAKEN_OVER;
    }
    OperationRow was = held.row();
    rows.put(
        key,
        new Held(
            row(
                was.operation(),
                was.request(),
                "running",
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
      rows.put(key, new Held(row(operation, request, "cancelled", 0, now, "", ""), Instant.EPOCH));
    } else if (held.row().status().equals("running")) {
      OperationRow was = held.row();
      rows.put(
          key,
          new Held(
              row(
                  operation,
                  was.request(),
                  "cancelled",
                  was.attempt(),
                  was.startedAt(),
                  was.prompt(),
                  was.text()),
              Instant.EPOCH));
    }
  }

  @Override
  public synchronized List<OperationRow> list(
      Person person, Optional<OperationId> operation, int limit) {
    return rows.entrySet().stream()
        .filter(each -> each.getKey().person().equals(person))
        .filter(each -> operation.isEmpty() || each.getKey().operation().equals(operation.get()))
        .map(each -> each.getValue().row())
        .sorted(Comparator.comparing((OperationRow row) -> row.operation().value()).reversed())
        .limit(limit)
        .toList();
  }

  private static boolean isRunning(Held held, int attempt) {
    return held.row().status().equals("running") && held.row().attempt() == attempt;
  }

  private static OperationRow row(
      OperationId operation,
      RequestId request,
      String status,
      int attempt,
      Instant startedAt,
      String prompt,
      String text) {
    return new OperationRow(
        operation,
        request,
        "narrate",
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
