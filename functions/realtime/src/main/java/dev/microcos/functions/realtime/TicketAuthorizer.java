package dev.microcos.functions.realtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse.PolicyDocument;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse.Statement;
import dev.microcos.core.application.port.Tickets;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.aws.Telemetry;
import dev.microcos.core.domain.id.Person;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a socket open for whoever holds a ticket, and spends the ticket by that. */
public final class TicketAuthorizer
    implements RequestHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponse> {

  private final Host host;
  private final Telemetry telemetry;
  private final Tickets tickets;

  /** As Lambda makes it. */
  public TicketAuthorizer() {
    this(Host.lambda());
  }

  public TicketAuthorizer(Host host) {
    this.host = host;
    this.telemetry = new Telemetry(host);
    this.tickets = new Adapters(host).tickets();
  }

  @Override
  public IamPolicyResponse handleRequest(APIGatewayCustomAuthorizerEvent event, Context context) {
    return telemetry.invocation(context, () -> policy(event));
  }

  private IamPolicyResponse policy(APIGatewayCustomAuthorizerEvent event) {
    Map<String, String> query = event.getQueryStringParameters();
    String ticket = query == null ? "" : query.getOrDefault("ticket", "");
    Optional<Person> person = tickets.spend(ticket, host.clock().instant());
    return person
        .map(known -> policy(event.getMethodArn(), "Allow", known.user().value(), known))
        .orElseGet(() -> policy(event.getMethodArn(), "Deny", "nobody", null));
  }

  private static IamPolicyResponse policy(
      String arn, String effect, String principal, @Nullable Person person) {
    Statement statement =
        Statement.builder()
            .withAction("execute-api:Invoke")
            .withEffect(effect)
            .withResource(List.of(arn))
            .build();
    return IamPolicyResponse.builder()
        .withPrincipalId(principal)
        .withPolicyDocument(
            PolicyDocument.builder()
                .withVersion("2012-10-17")
                .withStatement(List.of(statement))
                .build())
        .withContext(person == null ? Map.of() : SocketContext.of(person))
        .build();
  }
}
