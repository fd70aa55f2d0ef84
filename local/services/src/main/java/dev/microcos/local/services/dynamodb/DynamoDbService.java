package dev.microcos.local.services.dynamodb;

import dev.microcos.local.services.store.Store;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.AwsService;
import dev.microcos.local.services.transport.JsonApi;
import dev.microcos.local.services.transport.JsonOperation;
import java.time.InstantSource;
import java.util.Map;

/** Amazon DynamoDB. */
public final class DynamoDbService implements AwsService {

  private final Tables tables;
  private final InstantSource clock;
  private final JsonApi api;

  /** The tables of a store, with the time of a clock. */
  public DynamoDbService(Store store, InstantSource clock) {
    this.tables = new Tables(store);
    this.clock = clock;
    WriteOperations writes = new WriteOperations(tables);
    ReadOperations reads = new ReadOperations(tables);
    BatchOperations batches = new BatchOperations(tables);
    TableOperations of = new TableOperations(tables, clock);
    Map<String, JsonOperation> operations =
        Map.ofEntries(
            Map.entry("PutItem", writes::put),
            Map.entry("UpdateItem", writes::update),
            Map.entry("DeleteItem", writes::delete),
            Map.entry("GetItem", reads::get),
            Map.entry("Query", reads::query),
            Map.entry("Scan", reads::scan),
            Map.entry("BatchGetItem", batches::get),
            Map.entry("BatchWriteItem", batches::write),
            Map.entry("CreateTable", of::create),
            Map.entry("DescribeTable", of::describe),
            Map.entry("ListTables", of::list),
            Map.entry("DeleteTable", of::delete),
            Map.entry("UpdateTimeToLive", of::updateTtl),
            Map.entry("DescribeTimeToLive", of::describeTtl));
    this.api =
        new JsonApi("application/x-amz-json-1.0", "DynamoDB", operations, DynamoRefusal::invalid);
  }

  @Override
  public String signingName() {
    return "dynamodb";
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    return api.handle(request);
  }

  /**
   * Removes the items whose time to live is over, as AWS does within days; to be called now and
   * then, and when the clock jumped.
   *
   * @return how many they were
   */
  public int removeExpired() {
    return tables.removeExpired(clock.instant());
  }
}
