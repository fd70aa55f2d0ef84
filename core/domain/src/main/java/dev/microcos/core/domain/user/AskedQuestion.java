package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.run.OpenQuestion;

/** A question that some run of a person has open. */
public record AskedQuestion(RunId runId, String workflow, OpenQuestion question) implements Row {

  @Override
  public String id() {
    return question.inputId().value();
  }
}
