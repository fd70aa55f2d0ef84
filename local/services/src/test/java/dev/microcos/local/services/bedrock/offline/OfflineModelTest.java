package dev.microcos.local.services.bedrock.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.local.services.bedrock.model.ModelBackend.Delivery;
import dev.microcos.local.services.bedrock.model.ModelStream;
import dev.microcos.local.services.bedrock.model.Pace;
import dev.microcos.local.services.bedrock.model.Prompt;
import dev.microcos.local.services.bedrock.model.Prompt.Block;
import dev.microcos.local.services.bedrock.model.Prompt.Choice;
import dev.microcos.local.services.bedrock.model.Prompt.Limits;
import dev.microcos.local.services.bedrock.model.Prompt.Role;
import dev.microcos.local.services.bedrock.model.Prompt.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineModelTest {

  private static final String SYSTEM =
      """
      You are the chief of staff of one person.
      <<<context
      {"today":"2026-11-21","now":"2026-11-21T09:30:09.233Z","time_zone":"Europe/Berlin","tasks":[
        {"id":"task_1","title":"Call Ana","status":"open","due":"2026-11-21","priority":"high"},
        {"id":"task_2","title":"Pay the rent","status":"open","due":"2026-11-19","priority":"normal"},
        {"id":"task_3","title":"Book the train to Paris","status":"open","due":"2026-11-23T23:30:00Z","priority":"normal"},
        {"id":"task_4","title":"Read","status":"open","priority":"low"},
        {"id":"task_5","title":"Water the plants","status":"done","priority":"normal"},
        {"id":"task_6","title":"Buy a gift","status":"proposed","priority":"normal"}],
       "preferences":{"work_hours":{"start":"09:00","end":"17:30"}}}
      context>>>
      """;

  private static final String TEXT =
      "Summarise: The harbour was built in 1880. The harbour brought trade to the town, and the"
          + " town grew. Many people came for work. A storm broke the wall once. Today the harbour"
          + " feeds the town with visitors and trade. It rains often.";

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Hello!                               | Hello. You have 4 open tasks, 1 overdue, 1 due today. Ask me what I can do, or say “Plan my day”.
          good morning                         | Hello. You have 4 open tasks, 1 overdue, 1 due today. Ask me what I can do, or say “Plan my day”.
          Thanks a lot!                        | You are welcome.
          What's on my list?                   | You have 4 open tasks:⏎⏎- **Pay the rent**, overdue since Thu 19 Nov⏎- **Call Ana**, due today, high priority⏎- **Book the train to Paris**, due Tue 24 Nov⏎- **Read**⏎⏎1 proposed task waits for your yes.
          Please show me my tasks              | You have 4 open tasks:⏎⏎- **Pay the rent**, overdue since Thu 19 Nov⏎- **Call Ana**, due today, high priority⏎- **Book the train to Paris**, due Tue 24 Nov⏎- **Read**⏎⏎1 proposed task waits for your yes.
          What is due today?                   | One task is due today:⏎⏎- **Call Ana**, high priority⏎⏎1 task is overdue as well.
          what do I have today                 | One task is due today:⏎⏎- **Call Ana**, high priority⏎⏎1 task is overdue as well.
          Anything due tomorrow?               | Nothing is due tomorrow.
          What's due on Tuesday?               | One task is due Tue 24 Nov:⏎⏎- **Book the train to Paris**
          What is due this week?               | 3 tasks are due within seven days:⏎⏎- **Pay the rent**, overdue since Thu 19 Nov⏎- **Call Ana**, due today, high priority⏎- **Book the train to Paris**, due Tue 24 Nov
          Is anything overdue?                 | One task is overdue:⏎⏎- **Pay the rent**, overdue since Thu 19 Nov
          What are my high priority tasks?     | One task is of high priority:⏎⏎- **Call Ana**, due today, high priority
          What should I do next?               | Next is **Pay the rent**, because it is overdue since Thu 19 Nov.
          How many tasks do I have?            | You have 4 open tasks: 1 overdue, 1 due today, 2 later or without a day. 1 task is done.
          What have I done?                    | Done: 1 task.⏎⏎- **Water the plants**
          When is the train to Paris due?      | On your list:⏎⏎- **Book the train to Paris**, due Tue 24 Nov
          Do I have anything about Ana?        | On your list:⏎⏎- **Call Ana**, due today, high priority
          Do I have anything about skiing?     | I find nothing about “skiing” on your list.
          Plan my day                          | Here is a calm order for Saturday, 21 November 2026:⏎⏎1. **Pay the rent**, overdue since Thu 19 Nov⏎2. **Call Ana**, due today, high priority⏎3. **Book the train to Paris**, due Tue 24 Nov⏎⏎The other one can wait for another day.⏎You work from 09:00 to 17:30; take the first one while the day is fresh.
          What day is it?                      | Today is Saturday, 21 November 2026.
          what's today's date                  | Today is Saturday, 21 November 2026.
          What day is tomorrow?                | Tomorrow is Sunday, 22 November 2026.
          What date is next Friday?            | That is Friday, 27 November 2026, 6 days from today.
          What day was 9 November 1989?        | That was Thursday, 9 November 1989, 13526 days ago.
          How many days until Christmas?       | Friday, 25 December 2026 is 34 days from today.
          What time is it?                     | It was 10:30 in Europe/Berlin when you asked, on Saturday, 21 November 2026.
          What week is it?                     | It is week 47.
          What is 12 * (3 + 4)?                | 12 * (3 + 4) = **84**
          how much is 15% of 80                | 15% of 80 = **12**
          1,200 + 34.5                         | 1,200 + 34.5 = **1234.5**
          10 divided by 3                      | 10 divided by 3 = **about 3.3333333333**
          2^10                                 | 2^10 = **1024**
          What is 5 / 0?                       | That has no answer: it divides by zero.
          My name is Ada.                      | Good to meet you, Ada. I know your name for as long as this conversation stays before me.
          What's my name?                      | You have not told me your name in this conversation yet.
          What did I just ask?                 | This is the first thing that I have from you.
          Make a checklist: passport, tickets and charger | Here is your checklist:⏎⏎- [ ] Passport⏎- [ ] Tickets⏎- [ ] Charger
          Turn this into a checklist:⏎- eggs⏎- milk       | Here is your checklist:⏎⏎- [ ] Eggs⏎- [ ] Milk
          Add a task to buy milk               | I can read your list but not write to it. Add “buy milk” in the list beside the chat, and I will know of it at once.
          Remind me to call Ben tomorrow       | I can read your list but not write to it. Add “call ben tomorrow” in the list beside the chat, and I will know of it at once.
          Mark the rent as done                | I can read your list but not change it. Do it beside the chat, and I will know of it at once.
          Draft a message to Ben about the Friday meeting | A draft from a template, for you to make your own:⏎⏎> Dear Ben,⏎> ⏎> I am writing about the Friday meeting. Could you find a moment for it this week?⏎> ⏎> Best wishes,⏎> [your name]
          Write a thank-you note to Sam for the book      | A draft from a template, for you to make your own:⏎⏎> Dear Sam,⏎> ⏎> Thank you for the book. It was kind of you, and I appreciate it.⏎> ⏎> Best wishes,⏎> [your name]
          """)
  void answers(String said, String answer) {
    assertThat(ask(said.replace('⏎', '\n'))).isEqualTo(answer.replace('⏎', '\n'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What is the capital of France?",
        "Schreib mir ein Gedicht",
        "Is Llama better than you at chess?",
        "asdf",
        "((((((((((((((((((((((((((((("
      })
  void says_what_it_is_where_no_rule_fits(String said) {
    assertThat(ask(said))
        .contains("offline model", "not a language model")
        .contains(OfflineModel.EXAMPLES)
        .contains(OfflineModel.OLLAMA_LINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Who are you?", "Are you ChatGPT?", "Which model are you?", "what are you"})
  void never_passes_itself_off_as_a_language_model(String said) {
    assertThat(ask(said)).contains("offline model", "not a language model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"What can you do?", "help", "Hey, what can I ask you?"})
  void tells_what_it_can(String said) {
    assertThat(ask(said)).contains("Within them I can").contains(OfflineModel.EXAMPLES);
  }

  @Test
  void covers_each_example_that_it_offers() {
    assertThat(OfflineModel.EXAMPLES)
        .hasSize(3)
        .allSatisfy(example -> assertThat(ask(example)).doesNotContain("None of my rules"));
  }

  @Test
  void picks_the_sentences_that_carry_a_text() {
    assertThat(ask(TEXT))
        .isEqualTo(
            """
            The main sentences, picked and not rewritten:

            - The harbour brought trade to the town, and the town grew.
            - Today the harbour feeds the town with visitors and trade.\
            """);
  }

  @Test
  void recalls_what_was_said_before() {
    assertThat(talk("I moved to Graz.", "Noted.", "What did I just say?"))
        .isEqualTo("You said: “I moved to Graz.”");
    assertThat(talk("I moved to Graz.", "All right.", "remind me what I said"))
        .isEqualTo("You said: “I moved to Graz.”");
    assertThat(talk("I moved to Graz.", "All right.", "What did you say?")).isEqualTo("All right.");
    assertThat(talk("One.", "Yes.", "Two.", "Yes.", "What was the first thing I said?"))
        .isEqualTo("The first message that I still have from you: “One.”");
    assertThat(talk("One.", "Yes.", "Two.", "Yes.", "What have we talked about?"))
        .isEqualTo("You said, oldest first:\n\n- “One.”\n- “Two.”");
  }

  @Test
  void keeps_a_name_and_notes_for_the_conversation() {
    assertThat(talk("Hi, I'm Ada.", "Hello.", "What is my name?")).isEqualTo("Your name is Ada.");
    assertThat(talk("My name is Ada Lovelace and I like sums", "Hello.", "Thanks"))
        .isEqualTo("You are welcome, Ada Lovelace.");
    assertThat(talk("Remember that the code is 4711", "Noted.", "What did I tell you to remember?"))
        .isEqualTo("You asked me to remember:\n\n- the code is 4711");
    assertThat(talk("I am tired.", "Rest.", "What is my name?"))
        .isEqualTo("You have not told me your name in this conversation yet.");
  }

  @Test
  void makes_a_checklist_of_what_was_said_before() {
    assertThat(talk("tent, stove, lamp", "Yes.", "Turn that into a checklist"))
        .isEqualTo("Here is your checklist:\n\n- [ ] Tent\n- [ ] Stove\n- [ ] Lamp");
  }

  @Test
  void knows_no_day_and_no_tasks_without_a_context() {
    assertThat(ask("", "What day is it?"))
        .isEqualTo("Nobody told me what day it is, and I have no clock of my own.");
    assertThat(ask("", "What's on my list?"))
        .isEqualTo("Your list is empty. Nothing waits for you.");
    assertThat(ask("<<<context\n{not json\ncontext>>>", "Plan my day"))
        .isEqualTo("Your list is empty, so the day is yours.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        " x",
        "a, ",
        "(",
        "9^",
        "list ",
        "\nx",
        "summarise ",
        "to be ",
        "please ",
        "add ",
        "draft a message to ",
        ".",
        "how many until ",
        "my name is "
      })
  void answers_within_a_second_whatever_is_thrown_at_it(String unit) {
    long began = System.nanoTime();

    assertThat(ask(unit.repeat(16_000 / unit.length()) + "?")).isNotEmpty();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void finds_the_question_in_the_last_of_several_messages_without_an_answer() {
    assertThat(ask("Tell me a tale\n\nWhat day is it?"))
        .isEqualTo("Today is Saturday, 21 November 2026.");
    assertThat(ask("I moved to Graz.\n\nWhat did I just say?"))
        .isEqualTo("You said: “I moved to Graz.”");
  }

  @Test
  void tells_the_first_token_soon_and_the_rest_at_a_reading_pace() throws Exception {
    List<Prompt.Turn> turns = turns("Who are you?");
    ModelStream stream =
        new OfflineModel(Pace.perSecond(36)).open(prompt(SYSTEM, turns), Delivery.STREAMED);
    long began = System.nanoTime();
    stream.next(Duration.ofSeconds(1));
    long first = System.nanoTime() - began;
    for (int i = 0; i < 18; i++) {
      stream.next(Duration.ofSeconds(1));
    }
    long half = System.nanoTime() - began;

    assertThat(Duration.ofNanos(first)).isBetween(Duration.ofMillis(50), Duration.ofMillis(400));
    assertThat(Duration.ofNanos(half)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1500));
  }

  private static String ask(String said) {
    return ask(SYSTEM, said);
  }

  private static String ask(String system, String said) {
    return told(system, turns(said));
  }

  private static String talk(String... alternating) {
    return told(SYSTEM, turns(alternating));
  }

  private static List<Turn> turns(String... alternating) {
    List<Turn> turns = new ArrayList<>();
    for (String text : alternating) {
      Role role = turns.size() % 2 == 0 ? Role.USER : Role.ASSISTANT;
      turns.add(new Turn(role, List.of(new Block.Text(text))));
    }
    return turns;
  }

  private static Prompt prompt(String system, List<Turn> turns) {
    Limits limits = new Limits(OptionalInt.empty(), null, null, List.of());
    return new Prompt("model", List.of(system), turns, limits, List.of(), new Choice.Auto());
  }

  private static String told(String system, List<Turn> turns) {
    StringBuilder text = new StringBuilder();
    try (ModelStream stream =
        new OfflineModel(Pace.AT_ONCE).open(prompt(system, turns), Delivery.STREAMED)) {
      while (stream.next(Duration.ofSeconds(1)) instanceof ModelStream.Part.Text(String piece)) {
        text.append(piece);
      }
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    }
    return text.toString();
  }
}
