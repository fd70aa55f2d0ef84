package dev.microcos.functions.ingress;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.microcos.core.application.InvalidRequest;
import dev.microcos.core.application.TooManyRequests;
import dev.microcos.core.aws.Host;
import dev.microcos.core.aws.Outage;
import dev.microcos.core.aws.Telemetry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers HTTP requests: parse, call, map. */
public final class IngressHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(IngressHandler.class);

  private final Host host;
  private final Telemetry telemetry;
  private final Routes routes;

  /** As Lambda makes it. */
  public IngressHandler() {
    this(Host.lambda());
  }

  public IngressHandler(Host host) {
    this.host = host;
    this.telemetry = new Telemetry(host);
    this.routes = Routes.of(host);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return telemetry.invocation(context, () -> answered(event).toEvent());
  }

  private Reply answered(APIGatewayV2HTTPEvent event) {
    Call call = Call.of(event, host);
    Reply reply;
    try {
      reply = routes.answer(call);
    } catch (Problem problem) {
      reply = problem.reply(call.requestId());
    } catch (TooManyRequests tooMany) {
      reply =
          Problem.tooMany(tooMany.what(), tooMany.quota(), host.clock().instant())
              .reply(call.requestId());
    } catch (InvalidRequest invalid) {
      reply =
          Problem.invalid(List.of(new Problem.Fault(invalid.pointer(), invalid.detail())))
              .reply(call.requestId());
    } catch (RuntimeException e) {
      if (!Outage.caused(e)) {
        throw e;
      }
      LOG.error("{} of {} cannot be served", e.getClass().getSimpleName(), call.requestId(), e);
      reply = Problem.unavailable("something that this needs is down").reply(call.requestId());
    }
    telemetry.count(reply.status() < 400 ? "Answered" : "Refused", 1);
    return reply.with("x-request-id", call.requestId().value());
  }
}
