package dev.microcos.local.stepfunctions.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.microcos.local.stepfunctions.definition.Definition;
import dev.microcos.local.stepfunctions.definition.InvalidDefinitionException;
import dev.microcos.local.stepfunctions.history.Journal;
import dev.microcos.local.stepfunctions.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The state machines of an account; each change is on the disk before it shows. */
public final class Machines {

  private static final String STREAM = "machine:";
  private static final String DEFINITION = "definition:";

  private final Journal journal;
  private final InstantSource clock;
  private final String prefix;
  private final Map<String, Machine> machines = new TreeMap<>();
  private final Map<String, Long> positions = new ConcurrentHashMap<>();
  private final Map<String, Definition> definitions = new ConcurrentHashMap<>();

  /** The machines that a journal has; {@code prefix} begins their ARNs, up to the name. */
  public Machines(Journal journal, InstantSource clock, String prefix) {
    this.journal = journal;
    this.clock = clock;
    this.prefix = prefix;
    journal
        .summaries()
        .forEach((stream, summary) -> {
          if (stream.startsWith(STREAM)) {
            Machine machine = read(summary);
            machines.put(machine.arn(), machine);
            positions.put(machine.arn(), (long) journal.read(stream).size());
          }
        });
  }

  /** The ARN of the machine of this name. */
  public String arn(String name) {
    return prefix + name;
  }

  /** The machine of this ARN, if there is one. */
  public synchronized Optional<Machine> find(String arn) {
    return Optional.ofNullable(machines.get(arn));
  }

  /** All machines by their names. */
  public synchronized List<Machine> all() {
    return List.copyOf(machines.values());
  }

  /**
   * Makes a machine. One that is there already and is the same is left as it is.
   *
   * @return empty if there is another one of this name
   * @throws InvalidDefinitionException with all that is wrong with the definition
   */
  public synchronized Optional<Machine> create(
      String name, String definition, String roleArn, boolean tracing, Map<String, String> tags)
      throws InvalidDefinitionException {
    String arn = arn(name);
    String key = key(definition);
    Machine there = machines.get(arn);
    if (there != null) {
      boolean same =
          there.definition().equals(key)
              && there.roleArn().equals(roleArn)
              && there.tracing() == tracing;
      return same ? Optional.of(there) : Optional.empty();
    }
    keep(key, definition);
    long now = clock.millis();
    Machine machine =
        new Machine(arn, name, roleArn, key, now, now, null, tracing, Map.copyOf(tags));
    put(machine);
    return Optional.of(machine);
  }

  /**
   * Changes a machine; what is null stays as it is.
   *
   * @throws InvalidDefinitionException with all that is wrong with the definition
   */
  public synchronized Machine update(
      Machine machine,
      @Nullable String definition,
      @Nullable String roleArn,
      @Nullable Boolean tracing)
      throws InvalidDefinitionException {
    String key = definition == null ? machine.definition() : key(definition);
    if (definition != null) {
      keep(key, definition);
    }
    String role = roleArn == null ? machine.roleArn() : roleArn;
    boolean traced = tracing == null ? machine.tracing() : tracing;
    boolean changes =
        !key.equals(machine.definition())
            || !role.equals(machine.roleArn())
            || traced != machine.tracing();
    String revision = machine.revisionId();
    Machine updated =
        machine.revised(
            key,
            role,
            traced,
            clock.millis(),
            changes || revision == null ? UUID.randomUUID().toString() : revision);
    put(updated);
    return updated;
  }

  /** Replaces a machine's tags. */
  public synchronized void tag(Machine machine, Map<String, String> tags) {
    put(machine.tagged(tags));
  }

  /** Removes a machine, if it is there; its executions go on. */
  public synchronized void delete(String arn) {
    if (machines.remove(arn) != null) {
      positions.remove(arn);
      journal.delete(STREAM + arn);
    }
  }

  /** The text of a definition. */
  public String text(String key) {
    return journal.read(DEFINITION + key).getFirst();
  }

  /** The definition of this key. */
  public Definition definition(String key) {
    Definition known = definitions.get(key);
    if (known != null) {
      return known;
    }
    try {
      Definition read = Definition.parse(Json.read(text(key)));
      definitions.put(key, read);
      return read;
    } catch (JsonProcessingException | InvalidDefinitionException e) {
      throw new IllegalStateException("a definition that was kept cannot be read any more", e);
    }
  }

  private void keep(String key, String text) throws InvalidDefinitionException {
    if (!definitions.containsKey(key)) {
      Definition parsed = Definitions.parse(text);
      boolean _ = journal.append(DEFINITION + key, 1, text, null);
      definitions.put(key, parsed);
    }
  }

  private void put(Machine machine) {
    long position = positions.getOrDefault(machine.arn(), 0L) + 1;
    String text = Json.text(Json.MAPPER.valueToTree(machine));
    if (!journal.append(STREAM + machine.arn(), position, text, text)) {
      throw new IllegalStateException("somebody else changes " + machine.arn());
    }
    positions.put(machine.arn(), position);
    machines.put(machine.arn(), machine);
  }

  private static Machine read(String text) {
    try {
      return Json.MAPPER.readValue(text, Machine.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a machine cannot be read", e);
    }
  }

  private static String key(String definition) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(definition.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
