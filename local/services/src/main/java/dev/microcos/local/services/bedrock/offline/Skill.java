package dev.microcos.local.services.bedrock.offline;

import java.util.Optional;

/** A few rules about one subject. */
interface Skill {

  /** The answer in Markdown, or empty if no rule covers what was said last. */
  Optional<String> answer(Conversation conversation);
}
