package dev.microcos.core.application;

/** Words in an open-addressing table: of hashes, so that they need no hashing again. */
final class LongSet {

  private long[] words = new long[64];
  private int size;
  private boolean hasZero;

  int size() {
    return size;
  }

  boolean contains(long word) {
    return word == 0 ? hasZero : words[place(word)] != 0;
  }

  void add(long word) {
    if (contains(word)) {
      return;
    }
    size++;
    if (word == 0) {
      hasZero = true;
      return;
    }
    if (size > words.length / 2) {
      long[] old = words;
      words = new long[2 * old.length];
      for (long each : old) {
        if (each != 0) {
          words[place(each)] = each;
        }
      }
    }
    words[place(word)] = word;
  }

  /** Where the word is, or would be. */
  private int place(long word) {
    int mask = words.length - 1;
    int place = (int) word & mask;
    while (words[place] != 0 && words[place] != word) {
      place = (place + 1) & mask;
    }
    return place;
  }
}
