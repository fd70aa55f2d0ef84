package dev.microcos.core.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.Push.Token;
import dev.microcos.core.application.port.Push.Tokens;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.testkit.MemoryConnections;
import dev.microcos.core.testkit.People;
import dev.microcos.core.testkit.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;

/** Which pages the tokens of an answer reach, and how often it is asked which there are. */
class ApiGatewayPushTest {

  private static final Person ADA = People.person("ada");

  private final MemoryConnections connections = new MemoryConnections();
  private final Sockets sockets = new Sockets();
  private final TestClock clock = new TestClock();
  private final Tokens tokens = new ApiGatewayPush(sockets, connections, clock).tokens(ADA);
  private int index;

  @Test
  void the_first_token_reaches_every_active_page() {
    page("phone");
    page("laptop");
    connections.open(ADA, "silent", clock.instant());
    show();
    assertThat(sockets.reached).containsExactly("laptop", "phone");
  }

  @Test
  void a_page_that_comes_in_the_middle_is_shown_tokens_after_half_a_second() {
    page("phone");
    show();
    page("laptop");
    show();
    assertThat(sockets.reached).containsExactly("phone", "phone");
    clock.advance(Duration.ofMillis(500));
    show();
    assertThat(sockets.reached).endsWith("laptop", "phone");
  }

  @Test
  void a_page_that_is_gone_is_struck_off_and_its_successor_gets_the_next_token() {
    page("lost");
    sockets.gone.add("lost");
    show();
    assertThat(connections.active(ADA)).isEmpty();
    page("again");
    show();
    assertThat(sockets.reached).containsExactly("again");
  }

  private void page(String connection) {
    connections.open(ADA, connection, clock.instant());
    connections.activate(ADA, connection, clock.instant());
  }

  private void show() {
    tokens.show(
        new Token(new OperationId("op_01a1fd70-fd78-7b3a-9c41-5d2f8e7a0003"), 1, index++, "word "));
  }

  /** API Gateway, as far as posts go. */
  private static final class Sockets implements ApiGatewayManagementApiClient {
    private final Set<String> gone = new HashSet<>();
    private final List<String> reached = new ArrayList<>();

    @Override
    public PostToConnectionResponse postToConnection(PostToConnectionRequest post) {
      if (gone.contains(post.connectionId())) {
        throw GoneException.builder().build();
      }
      reached.add(post.connectionId());
      return PostToConnectionResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
