package dev.microcos.core.application;

import dev.microcos.core.domain.id.ClientActionId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Fact;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a person asks for.
 *
 * @param user who asks, as their token says
 * @param route method and path; part of the identity of a repeated action
 * @param request the id of the request
 * @param clientAction what the client calls the action, if it wants to be able to repeat it
 * @param conversation the conversation that it belongs to
 * @param run the run that it is about, if it is about one that is there
 * @param fact makes the fact, given the id of the event; ids of new things come from that
 */
public record Request(
    UserId user,
    String route,
    RequestId request,
    @Nullable ClientActionId clientAction,
    ConversationId conversation,
    @Nullable RunId run,
    Function<EventId, Fact> fact) {}
