package dev.microcos.local.services.stepfunctions;

import dev.microcos.local.services.store.Store;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.AwsService;
import dev.microcos.local.stepfunctions.Engine;
import dev.microcos.local.stepfunctions.EngineOptions;
import dev.microcos.local.stepfunctions.api.Answer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** AWS Step Functions. */
public final class StepFunctionsService implements AwsService, AutoCloseable {

  private static final AtomicLong REQUESTS = new AtomicLong();

  private final Engine engine;

  /** The machines and executions of a store; nothing goes on before {@link #start()}. */
  public StepFunctionsService(Store store, EngineOptions options) {
    this.engine = Engine.open(new StoreJournal(store), options);
  }

  /** Goes on with all executions that had not ended. */
  public void start() {
    Engine _ = engine.start();
  }

  /** The engine itself. */
  public Engine engine() {
    return engine;
  }

  @Override
  public String signingName() {
    return "states";
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    Answer answer = engine.api().handle(request.operation(), request.body());
    return new AwsResponse(
        answer.status(),
        Map.of(
            "content-type",
            Answer.CONTENT_TYPE,
            "x-amzn-requestid",
            "local-states-" + REQUESTS.incrementAndGet()),
        new AwsResponse.Body.Bytes(answer.bytes()));
  }

  /** Removes the histories that are older than AWS keeps them. */
  public void removeExpired() {
    engine.executions().forgetOld();
  }

  /** Looks at the clock again, which somebody has moved. */
  public void clockMoved() {
    engine.clockMoved();
  }

  @Override
  public void close() {
    engine.close();
  }
}
