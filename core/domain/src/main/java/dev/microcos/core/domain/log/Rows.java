package dev.microcos.core.domain.log;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable collection of rows in the order in which they came. Made for the hundreds of rows
 * that a state holds: a change copies an array of references, and rows that did not change stay the
 * same objects, so that two states are told apart quickly.
 */
public final class Rows<R extends Row> implements Iterable<R> {

  private final Row[] rows;

  private Rows(Row[] rows) {
    this.rows = rows;
  }

  /** A collection without rows. */
  public static <R extends Row> Rows<R> empty() {
    return new Rows<>(new Row[0]);
  }

  /** A collection of the given rows, whose ids differ. */
  public static <R extends Row> Rows<R> of(Collection<R> rows) {
    return new Rows<>(rows.toArray(Row[]::new));
  }

  /** The row with this id, or null. */
  public @Nullable R get(String id) {
    int at = indexOf(id);
    return at < 0 ? null : row(at);
  }

  /** Whether there is a row with this id. */
  public boolean contains(String id) {
    return indexOf(id) >= 0;
  }

  /** These rows and the given one, in the place of the one with its id or else at the end. */
  public Rows<R> with(R row) {
    int at = indexOf(row.id());
    Row[] next = at < 0 ? Arrays.copyOf(rows, rows.length + 1) : rows.clone();
    next[at < 0 ? rows.length : at] = row;
    return new Rows<>(next);
  }

  /** These rows but the one with this id. */
  public Rows<R> without(String id) {
    int at = indexOf(id);
    if (at < 0) {
      return this;
    }
    Row[] next = Arrays.copyOf(rows, rows.length - 1);
    System.arraycopy(rows, at + 1, next, at, rows.length - at - 1);
    return new Rows<>(next);
  }

  /** How many there are. */
  public int size() {
    return rows.length;
  }

  /** The rows in their order. */
  @SuppressWarnings("unchecked")
  public List<R> list() {
    return (List<R>) List.of(rows);
  }

  /** The rows in their order. */
  public Stream<R> stream() {
    return list().stream();
  }

  @Override
  public Iterator<R> iterator() {
    return list().iterator();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Rows<?> that && Arrays.equals(rows, that.rows);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rows);
  }

  @Override
  public String toString() {
    return Arrays.toString(rows);
  }

  @SuppressWarnings("unchecked")
  private R row(int at) {
    return (R) rows[at];
  }

  /** Newest first, since that is what changes. */
  private int indexOf(String id) {
    for (int i = rows.length - 1; i >= 0; i--) {
      if (rows[i].id().equals(id)) {
        return i;
      }
    }
    return -1;
  }
}
