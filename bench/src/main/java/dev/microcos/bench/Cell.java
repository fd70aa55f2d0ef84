package dev.microcos.bench;

import java.util.List;

/**
 * One kind of load.
 *
 * @param name how the results name it
 * @param clients how many post at a time, each in a closed loop
 * @param people over how many people they spread
 */
record Cell(String name, int clients, int people) {
  /** The cells that issue and study name, from the least load to the most. */
  static final List<Cell> ALL =
      List.of(
          new Cell("1 client, 16 people", 1, 16),
          new Cell("16 clients, 16 people", 16, 16),
          new Cell("16 clients, 1 person", 16, 1),
          new Cell("64 clients, 64 people", 64, 64));

  Cell {
    if (clients < 1 || people < 1 || clients > 1024 || people > 1024) {
      throw new IllegalArgumentException("A cell has 1 to 1024 clients and people.");
    }
  }
}
