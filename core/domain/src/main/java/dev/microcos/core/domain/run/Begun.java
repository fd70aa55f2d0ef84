package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a run was asked for.
 *
 * @param as what was asked for
 * @param at when
 * @param request the request that began it all
 * @param hops how many times the system had answered itself before
 */
public record Begun(
    RunStarted as, Instant at, RequestId request, ConversationId conversation, int hops) {

  Begun waitedForBy(@Nullable Parent parent, @Nullable String token) {
    return new Begun(as.waitedForBy(parent, token), at, request, conversation, hops);
  }
}
