package dev.microcos.infracdk;

import java.util.List;

/**
 * All in which one environment differs from another.
 *
 * @param name part of every physical name, so that two environments share nothing by accident
 * @param guarded tables are protected against deletion and stay when the stack goes
 * @param canary a new version of a function gets a tenth of the calls first
 * @param logDays how long function and access logs are kept
 * @param reducers at most so many batches of the inbox are reduced at once (2 to 1,000, a quota of
 *     Lambda's)
 * @param assistants at most so many model calls run at once (2 to 1,000)
 * @param requestsPerSecond the HTTP API's steady rate; its burst is twice that
 * @param bigModel writes the answers
 * @param smallModel does the small work
 * @param limits what one person may do
 */
public record Environment(
    String name,
    boolean guarded,
    boolean canary,
    int logDays,
    int reducers,
    int assistants,
    int requestsPerSecond,
    BedrockModel bigModel,
    BedrockModel smallModel,
    Limits limits) {

  private static final BedrockModel LLAMA_70B =
      BedrockModel.american("meta.llama3-3-70b-instruct-v1:0");
  private static final BedrockModel LLAMA_8B =
      BedrockModel.american("meta.llama3-1-8b-instruct-v1:0");

  /** On the laptop, and for a first try on AWS. */
  public static final Environment DEVELOPMENT =
      new Environment(
          "development", false, false, 7, 10, 50, 1000, LLAMA_70B, LLAMA_8B, Limits.USUAL);

  /** The rehearsal: built like production, but may be thrown away. */
  public static final Environment STAGING =
      new Environment("staging", false, true, 14, 50, 20, 1000, LLAMA_70B, LLAMA_8B, Limits.USUAL);

  /** Where the people are. */
  public static final Environment PRODUCTION =
      new Environment(
          "production", true, true, 90, 500, 200, 5000, LLAMA_70B, LLAMA_8B, Limits.USUAL);

  /** Every environment there is. */
  public static final List<Environment> ALL = List.of(DEVELOPMENT, STAGING, PRODUCTION);

  /** The physical name of something in this environment. */
  public String named(String what) {
    return "microcos-" + name + "-" + what;
  }

  /**
   * What one person may do, and how much of it is kept at hand.
   *
   * @param messagesPerMinute messages to the chief of staff
   * @param writesPerMinute writes of any kind
   * @param tokensPerDay model tokens, asked and answered
   * @param toolCallsPerDay calls of tools
   * @param keepMessages messages in the state; older ones are in the archive
   * @param keepDays days that messages stay in the state
   */
  public record Limits(
      int messagesPerMinute,
      int writesPerMinute,
      int tokensPerDay,
      int toolCallsPerDay,
      int keepMessages,
      int keepDays) {
    static final Limits USUAL = new Limits(60, 600, 100_000, 200, 100, 30);
  }

  /**
   * A model on Bedrock, called through an inference profile.
   *
   * @param profile id of the inference profile, which is what a call names
   * @param foundation id of the model behind it
   * @param regions where the profile may run it; a role must allow the model in each
   */
  public record BedrockModel(String profile, String foundation, List<String> regions) {
    static BedrockModel american(String foundation) {
      return new BedrockModel(
          "us." + foundation, foundation, List.of("us-east-1", "us-east-2", "us-west-2"));
    }
  }
}
