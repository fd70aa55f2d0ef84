package dev.microcos.local.cloud;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import dev.microcos.local.services.kms.KmsService;
import dev.microcos.local.services.transport.InProcessHttpClient;
import dev.microcos.local.services.transport.Router;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** The adapters over DynamoDB Local and ElasticMQ; only the keys are ours, for want of a judge. */
class JudgesContractTest extends AdaptersContract {

  private final Closing closing = new Closing();
  private @Nullable AwsFixture aws;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    KmsService kms = new KmsService(folder);
    Map<String, Integer> ports = Map.of("dynamodb", dynamoDbLocal(), "sqs", elasticMq());
    SdkHttpClient http =
        closing.add(
            new ToJudges(
                ports, UrlConnectionHttpClient.create(), new InProcessHttpClient(Router.to(kms))));
    aws = closing.add(new AwsFixture(http, kms.ensureKey("contract")));
  }

  private int dynamoDbLocal() throws Exception {
    int port = freePort();
    DynamoDBProxyServer server =
        ServerRunner.createServerFromCommandLineArgs(
            new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
    server.start();
    AutoCloseable _ = closing.add(server::stop);
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private int elasticMq() {
    SQSRestServer server =
        SQSRestServerBuilder.withInterface("127.0.0.1")
            .withDynamicPort()
            .withAWSRegion("us-east-1")
            .withAWSAccountId("000000000000")
            .start();
    AutoCloseable _ = closing.add(server::stopAndWait);
    return server.waitUntilStarted().localAddress().getPort();
  }

  @AfterAll
  void stop() {
    closing.close();
  }

  @Override
  AwsFixture aws() {
    return Objects.requireNonNull(aws);
  }

  /** Sends each call to the judge of its service, or into the process where there is none. */
  private record ToJudges(Map<String, Integer> ports, SdkHttpClient network, SdkHttpClient inside)
      implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest call) {
      SdkHttpRequest request = call.httpRequest();
      String service = request.host().substring(0, request.host().indexOf('.'));
      Integer port = ports.get(service);
      if (port == null) {
        return inside.prepareRequest(call);
      }
      HttpExecuteRequest.Builder there =
          HttpExecuteRequest.builder()
              .request(request.toBuilder().protocol("http").host("127.0.0.1").port(port).build());
      call.contentStreamProvider().ifPresent(there::contentStreamProvider);
      return network.prepareRequest(there.build());
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
