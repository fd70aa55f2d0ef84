package dev.microcos.local.cloud;

import dev.microcos.local.cloud.template.Blueprint;
import dev.microcos.local.cloud.template.Place;
import dev.microcos.local.services.dynamodb.DynamoDbService;
import dev.microcos.local.services.kms.KmsService;
import dev.microcos.local.services.sqs.SqsService;
import dev.microcos.local.services.store.Store;
import dev.microcos.local.services.transport.AwsService;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The services that keep data, over one store. */
record Services(Store store, DynamoDbService dynamodb, SqsService sqs, KmsService kms)
    implements AutoCloseable {

  static Services open(Path data, InstantSource clock, Place place) {
    Store store = Store.open(data);
    return new Services(
        store,
        new DynamoDbService(store, clock),
        new SqsService(store, clock, place.endpoint()),
        new KmsService(data.resolve("keys")));
  }

  /** Makes the tables, queues and keys that are not there yet. */
  void make(Blueprint blueprint) {
    blueprint.tables().forEach(table -> Resources.table(dynamodb, table));
    blueprint.queues().forEach(queue -> Resources.queue(sqs, queue));
    for (Blueprint.Key key : blueprint.keys()) {
      String _ = kms.ensureKey(key.id());
    }
  }

  /** All services, these and others. */
  List<AwsService> with(AwsService... others) {
    List<AwsService> all = new ArrayList<>(List.of(dynamodb, sqs, kms));
    all.addAll(List.of(others));
    return all;
  }

  /** Lets those who wait for a time look at the clock again, and removes what has expired. */
  void clockMoved() {
    sqs.wakeUp();
    removeExpired();
  }

  /** Removes the items whose time to live is over, and what is left of messages long gone. */
  void removeExpired() {
    int _ = dynamodb.removeExpired();
    sqs.removeExpired();
  }

  /** The names of the services that do not answer. */
  List<String> down(Switches switches) {
    List<String> down = new ArrayList<>();
    for (AwsService service : with()) {
      if (switches.before(service.signingName(), "Health").isPresent()) {
        down.add(service.signingName());
      }
    }
    return down;
  }

  @Override
  public void close() {
    store.close();
  }
}
