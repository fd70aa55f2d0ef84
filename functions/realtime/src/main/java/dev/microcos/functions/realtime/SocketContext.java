package dev.microcos.functions.realtime;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.UserId;
import java.util.Map;

/** Whose a socket is, as the authorizer says it and each later event of the socket carries it. */
final class SocketContext {

  private static final String USER = "user_id";
  private static final String GENERATION = "generation";

  private SocketContext() {}

  static Map<String, Object> of(Person person) {
    return Map.of(USER, person.user().value(), GENERATION, Integer.toString(person.generation()));
  }

  /**
   * Whose the socket is.
   *
   * @throws IllegalStateException if the event passed no authorizer: the API is wired wrongly
   */
  static Person person(APIGatewayV2WebSocketEvent event) {
    Map<String, Object> context = event.getRequestContext().getAuthorizer();
    if (context == null || !context.containsKey(USER)) {
      throw new IllegalStateException("a socket's event without its authorizer's context");
    }
    return new Person(
        new UserId(String.valueOf(context.get(USER))),
        Integer.parseInt(String.valueOf(context.get(GENERATION))));
  }
}
