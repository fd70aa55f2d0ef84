package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.Digest;

/** What is to be done outside once a commit is written; kept with it, never computed again. */
public sealed interface Effect permits UserEffect, RunEffect {

  /**
   * The id of an effect: {@code e} and 26 characters of base32; legal as the name of an execution
   * or a schedule and as a token of idempotency.
   *
   * @param partition the aggregate
   * @param seq the seq of the commit's first event
   * @param index the effect's place in the commit
   */
  static String id(String partition, long seq, int index) {
    return "e" + Digest.base32(partition, Long.toString(seq), Integer.toString(index));
  }
}
