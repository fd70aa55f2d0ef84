package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.port.Call;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Calls whose words are sealed by each person's key.
 *
 * @param key fails if the person's key is gone
 */
record SealedOperations(Operations operations, Consumer<Person> key) implements Operations {

  @Override
  public Claim claim(Call call, Instant now, Duration lease) {
    return operations.claim(call, now, lease);
  }

  @Override
  public Standing checkpoint(Person person, Progress progress, Instant leaseUntil) {
    key.accept(person);
    return operations.checkpoint(person, progress, leaseUntil);
  }

  @Override
  public void finish(Person person, OperationRow row) {
    key.accept(person);
    operations.finish(person, row);
  }

  @Override
  public void cancel(Person person, OperationId operation, Instant now) {
    operations.cancel(person, operation, now);
  }

  @Override
  public void reopen(Person person, OperationId operation, int attempt, String effectId) {
    operations.reopen(person, operation, attempt, effectId);
  }

  @Override
  public Optional<OperationRow> find(Person person, OperationId operation) {
    return operations.find(person, operation);
  }

  @Override
  public List<OperationRow> list(Person person, int limit) {
    return operations.list(person, limit);
  }
}
