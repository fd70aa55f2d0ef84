package dev.microcos.local.services.bedrock.offline;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Summarises a text by picking the sentences whose words come up most. */
final class Summarising implements Skill {

  private static final int LONG_ENOUGH = 3;
  private static final Pattern ASKED =
      Pattern.compile(
          "^(?:(?:please|can you|could you|hey|ok),? ){0,4}(?:summari[sz]e|sum"
              + " up|shorten|tl;?dr|give me (?:a|the) (?:short )?(?:summary|gist)(?: of)?)(?:"
              + " (?:this|that|it|the following|the|my last|following)(?= ?text|"
              + " ?message|\\s*[:\\n]|\\s*$))?(?: (?:text|message))?\\b[:,\\s]*(.*)$",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern ASKED_AFTER =
      Pattern.compile(
          "^(.{80,}?)[\\s.]{0,20}\\b(?:please )?(?:summari[sz]e(?: this| that| it)?|tl;?dr)[.!?"
              + " ]*$",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Set<String> COMMON =
      Set.of(
          "the", "and", "that", "this", "with", "from", "have", "has", "had", "for", "are", "was",
          "were", "will", "would", "been", "they", "their", "there", "which", "what", "when",
          "where", "who", "not", "but", "you", "your", "our", "its", "into", "than", "then", "them",
          "these", "those", "also", "can", "could", "should", "about", "more", "some", "such",
          "only", "over", "very", "all", "any", "one", "his", "her", "she", "him", "out", "how",
          "because", "while");

  @Override
  public Optional<String> answer(Conversation conversation) {
    String said = conversation.said().strip();
    Matcher asked = ASKED.matcher(said);
    Matcher after = ASKED_AFTER.matcher(said);
    if (asked.find()) {
      String text = asked.group(1).strip();
      if (text.matches(
          "(?i)(?:my|our|the) (?:day|tasks|list|to-?dos|conversation|chat|talk|week).{0,12}")) {
        return Optional.empty();
      }
      return Optional.of(text.isEmpty() ? summary(lastLong(conversation)) : summary(text));
    }
    return after.find() ? Optional.of(summary(after.group(1))) : Optional.empty();
  }

  private static String lastLong(Conversation conversation) {
    return conversation.earlier().reversed().stream()
        .filter(text -> sentences(text).size() >= LONG_ENOUGH)
        .findFirst()
        .orElse("");
  }

  private static String summary(String text) {
    if (text.isEmpty()) {
      return "Paste the text after “Summarise:”, and I pick its main sentences.";
    }
    List<String> sentences = sentences(text);
    if (sentences.size() < LONG_ENOUGH) {
      return "That is short already: " + text.replaceAll("\\s+", " ");
    }
    Map<String, Integer> counts = new HashMap<>();
    words(text).forEach(word -> counts.merge(word, 1, Integer::sum));
    int keep = Math.clamp(sentences.size() / 3, 1, 4);
    List<Integer> best =
        java.util.stream.IntStream.range(0, sentences.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -weight(sentences.get(i), i, counts)))
            .limit(keep)
            .sorted()
            .toList();
    return "The main "
        + (keep == 1 ? "sentence" : "sentences")
        + ", picked and not rewritten:\n\n"
        + String.join("\n", best.stream().map(i -> "- " + sentences.get(i)).toList());
  }

  /** The mean count of a sentence's words; what opens a text weighs a little more. */
  private static double weight(String sentence, int index, Map<String, Integer> counts) {
    List<String> words = words(sentence);
    double sum = words.stream().mapToInt(word -> counts.getOrDefault(word, 0)).sum();
    double mean = sum / Math.max(4, words.size());
    return index == 0 ? mean * 1.3 : mean;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\d]+"))
        .filter(word -> word.length() > 2 && !COMMON.contains(word))
        .toList();
  }

  private static List<String> sentences(String text) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    breaks.setText(text);
    List<String> sentences = new ArrayList<>();
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
      String sentence = text.substring(from, to).replaceAll("\\s+", " ").strip();
      if (sentence.length() > 2) {
        sentences.add(sentence);
      }
    }
    return sentences;
  }
}
