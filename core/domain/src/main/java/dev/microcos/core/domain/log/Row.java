package dev.microcos.core.domain.log;

/** A row of a collection in the state. */
public interface Row {

  /** What the row is called in its collection. */
  String id();
}
