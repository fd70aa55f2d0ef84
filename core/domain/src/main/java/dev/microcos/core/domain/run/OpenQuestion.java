package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.log.Document;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question of a run that nobody has answered yet, as its person knows it.
 *
 * @param step the name of the step that asks
 * @param schema JSON Schema of the answer
 * @param otherwise what holds at the deadline if nobody has answered
 */
public record OpenQuestion(
    InputId inputId,
    String step,
    String prompt,
    Document schema,
    Instant deadline,
    @Nullable Document otherwise) {}
