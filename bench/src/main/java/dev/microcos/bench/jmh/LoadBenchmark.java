package dev.microcos.bench.jmh;

import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.local.services.dynamodb.DynamoDbService;
import dev.microcos.local.services.kms.KmsService;
import dev.microcos.local.services.store.Store;
import dev.microcos.local.services.transport.InProcessAsyncHttpClient;
import dev.microcos.local.services.transport.InProcessHttpClient;
import dev.microcos.local.services.transport.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * What a cold reducer waits for: the state of somebody who has done much, read through the AWS SDK
 * from the local DynamoDB. The goal is 50 ms.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LoadBenchmark {

  private static final int EVENTS = 10_000;
  private static final int EVENTS_OF_A_COMMIT = 50;
  private static final int TAIL = 63;

  private final AwsCredentialsProvider nobody = AnonymousCredentialsProvider.create();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Path folder;
  private final EventLog<UserState> log;
  private final Person person;

  /** Writes 10,000 events in large commits, a snapshot, and a tail of small commits. */
  public LoadBenchmark() {
    folder = newFolder();
    Store store = Store.open(folder);
    open.add(store);
    KmsService kms = new KmsService(folder.resolve("keys"));
    SdkHttpClient http =
        new InProcessHttpClient(Router.to(new DynamoDbService(store, InstantSource.system()), kms));
    tables(http);
    Adapters adapters =
        new Adapters(
            new Host(
                Map.of(
                    "AWS_REGION", "us-east-1",
                    "LOG_TABLE", "log",
                    "KEYS_TABLE", "keys",
                    "KEY_ID", kms.ensureKey("load")),
                InstantSource.system(),
                new Random(1),
                nobody,
                http,
                new InProcessAsyncHttpClient(Router.to())));
    log = adapters.log();
    Life life = new Life();
    person = adapters.people().current(life.state().person().user(), 1);
    UserState state = UserState.empty(person);
    List<Event> events = new ArrayList<>(life.past());
    events.addAll(life.events(EVENTS + TAIL - events.size()));
    for (int from = 0; from < EVENTS; from += EVENTS_OF_A_COMMIT) {
      state = append(state, events.subList(from, from + EVENTS_OF_A_COMMIT));
    }
    log.keepSnapshot(state);
    for (Event event : events.subList(EVENTS, EVENTS + TAIL)) {
      state = append(state, List.of(event));
    }
    Loaded<UserState> loaded = log.load(person);
    if (loaded.state().seq() != EVENTS + TAIL || loaded.commitsSinceSnapshot() != TAIL) {
      throw new IllegalStateException("what was loaded is not what was written");
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("microcos-load");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UserState append(UserState state, List<Event> events) {
    UserState after = state;
    for (Event event : events) {
      after = UserEvolution.evolve(after, event);
    }
    if (!log.append(new Commit(person, events, List.of()))) {
      throw new IllegalStateException("the place of a commit was taken");
    }
    return after;
  }

  private void tables(SdkHttpClient http) {
    try (DynamoDbClient dynamo =
        DynamoDbClient.builder()
            .httpClient(http)
            .region(Region.US_EAST_1)
            .credentialsProvider(nobody)
            .build()) {
      table(dynamo, "log", "pk", "sk");
      table(dynamo, "keys", "pk");
    }
  }

  private static void table(DynamoDbClient dynamo, String name, String... attributes) {
    List<AttributeDefinition> definitions = new ArrayList<>();
    List<KeySchemaElement> schema = new ArrayList<>();
    for (String attribute : attributes) {
      definitions.add(
          AttributeDefinition.builder()
              .attributeName(attribute)
              .attributeType(ScalarAttributeType.S)
              .build());
      schema.add(
          KeySchemaElement.builder()
              .attributeName(attribute)
              .keyType(schema.isEmpty() ? KeyType.HASH : KeyType.RANGE)
              .build());
    }
    dynamo.createTable(t ->
        t.tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(definitions)
            .keySchema(schema));
  }

  /** {@code load} of a log of 10,000 events, the last 63 commits of which no snapshot holds. */
  @Benchmark
  public Loaded<UserState> load() {
    return log.load(person);
  }

  /** Closes and deletes what was made. */
  @TearDown
  public void delete() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
