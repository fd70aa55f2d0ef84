package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;

/** A call of a model or a tool that somebody takes on. */
public interface Call {

  /** Whose call it is. */
  Person person();

  /** Its identity. */
  OperationId operation();

  /** The request from outside that began it all. */
  RequestId request();

  /** What it is for, in a word: {@code narrate}, {@code agent}. */
  String kind();

  /** A call that a step of a run makes. */
  record OfStep(Person person, OperationId operation, RequestId request, String kind)
      implements Call {}
}
