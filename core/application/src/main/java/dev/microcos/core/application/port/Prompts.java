package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.user.UserState;
import java.time.Instant;

/** Writes what a model is given. */
public interface Prompts {

  /** The prompt for the answer that {@code operation} stands for, from the person's state. */
  Prompt narrate(UserState state, OperationId operation, Instant now);
}
