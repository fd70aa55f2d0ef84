package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.RunEffect;
import dev.microcos.core.domain.log.RunEffect.AnswerParent;
import dev.microcos.core.domain.log.RunEffect.AnswerQuestion;
import dev.microcos.core.domain.log.RunEffect.AnswerWait;
import dev.microcos.core.domain.log.RunEffect.CancelChild;
import dev.microcos.core.domain.log.RunEffect.StartExecution;
import dev.microcos.core.domain.log.RunEffect.StopCall;
import dev.microcos.core.domain.log.RunEffect.StopExecution;
import dev.microcos.core.domain.log.RunEffect.TellParent;
import dev.microcos.core.domain.log.RunEffect.TellPerson;
import dev.microcos.core.domain.log.UserEffect;
import dev.microcos.core.domain.log.UserEffect.ArchiveMessages;
import dev.microcos.core.domain.log.UserEffect.DeliverSignal;
import dev.microcos.core.domain.log.UserEffect.RemoveSchedule;
import dev.microcos.core.domain.log.UserEffect.SetSchedule;
import dev.microcos.core.domain.log.UserEffect.StartAssistant;
import dev.microcos.core.domain.log.UserEffect.StartRun;
import dev.microcos.core.domain.log.UserEffect.StopAssistant;
import java.io.IOException;

/** Effects as they stand in a commit: by name, with what they need. */
final class EffectJson {

  private static final String EFFECT = "effect";

  private EffectJson() {}

  static void fields(Effect effect, JsonGenerator out) throws IOException {
    switch (effect) {
      case UserEffect ofUser -> fields(ofUser, out);
      case RunEffect ofRun -> fields(ofRun, out);
    }
  }

  private static void fields(UserEffect effect, JsonGenerator out) throws IOException {
    switch (effect) {
      case StartAssistant start -> {
        out.writeStringField(EFFECT, "start_assistant");
        out.writeStringField("operation_id", start.operationId().value());
        out.writeStringField("conversation_id", start.conversationId().value());
      }
      case StopAssistant stop -> {
        out.writeStringField(EFFECT, "stop_assistant");
        out.writeStringField("operation_id", stop.operationId().value());
      }
      case ArchiveMessages archive -> {
        out.writeStringField(EFFECT, "archive_messages");
        out.writeStringField("event_id", archive.event().value());
      }
      case StartRun start -> {
        out.writeStringField(EFFECT, "start_run");
        out.writeStringField("run_id", start.runId().value());
        out.writeStringField("event_id", start.event().value());
        out.writeObjectFieldStart("started");
        RunFactJson.started(start.started(), out, true);
        out.writeEndObject();
      }
      case DeliverSignal deliver -> {
        out.writeStringField(EFFECT, "deliver_signal");
        out.writeStringField("run_id", deliver.runId().value());
        out.writeStringField("event_id", deliver.event().value());
        out.writeObjectFieldStart("received");
        RunFactJson.signal(deliver.received(), out);
        out.writeEndObject();
      }
      case SetSchedule set -> {
        out.writeStringField(EFFECT, "set_schedule");
        out.writeStringField("name", set.name());
      }
      case RemoveSchedule remove -> {
        out.writeStringField(EFFECT, "remove_schedule");
        out.writeStringField("name", remove.name());
      }
    }
  }

  private static void fields(RunEffect effect, JsonGenerator out) throws IOException {
    switch (effect) {
      case StartExecution start -> out.writeStringField(EFFECT, "start_execution");
      case StopExecution stop -> {
        out.writeStringField(EFFECT, "stop_execution");
        out.writeStringField("error", stop.error());
        out.writeStringField("cause", stop.cause());
      }
      case StopCall stop -> {
        out.writeStringField(EFFECT, "stop_call");
        out.writeStringField("operation_id", stop.operationId().value());
      }
      case AnswerQuestion answer -> {
        out.writeStringField(EFFECT, "answer_question");
        out.writeStringField("input_id", answer.inputId().value());
      }
      case AnswerWait answer -> {
        out.writeStringField(EFFECT, "answer_wait");
        out.writeStringField("wait_id", answer.waitId().value());
      }
      case TellPerson tell -> out.writeStringField(EFFECT, "tell_person");
      case TellParent tell -> out.writeStringField(EFFECT, "tell_parent");
      case AnswerParent answer -> out.writeStringField(EFFECT, "answer_parent");
      case CancelChild cancel -> {
        out.writeStringField(EFFECT, "cancel_child");
        out.writeStringField("child_id", cancel.childId().value());
      }
    }
  }

  /**
   * The effect that was written.
   *
   * @throws UnknownTypeException if a later release wrote it
   */
  static Effect read(JsonNode json) {
    String type = Json.text(json, EFFECT);
    return switch (type) {
      case "start_assistant" ->
          new StartAssistant(
              operation(json), new ConversationId(Json.text(json, "conversation_id")));
      case "stop_assistant" -> new StopAssistant(operation(json));
      case "archive_messages" -> new ArchiveMessages(event(json));
      case "start_run" ->
          new StartRun(run(json), event(json), RunFactJson.started(json.path("started")));
      case "deliver_signal" ->
          new DeliverSignal(run(json), event(json), RunFactJson.signal(json.path("received")));
      case "set_schedule" -> new SetSchedule(Json.text(json, "name"));
      case "remove_schedule" -> new RemoveSchedule(Json.text(json, "name"));
      case "start_execution" -> new StartExecution();
      case "stop_execution" ->
          new StopExecution(Json.text(json, "error"), Json.text(json, "cause"));
      case "stop_call" -> new StopCall(operation(json));
      case "answer_question" -> new AnswerQuestion(new InputId(Json.text(json, "input_id")));
      case "answer_wait" -> new AnswerWait(new StepId(Json.text(json, "wait_id")));
      case "tell_person" -> new TellPerson();
      case "tell_parent" -> new TellParent();
      case "answer_parent" -> new AnswerParent();
      case "cancel_child" -> new CancelChild(new RunId(Json.text(json, "child_id")));
      default -> throw new UnknownTypeException("the effect " + type);
    };
  }

  private static EventId event(JsonNode json) {
    return new EventId(Json.text(json, "event_id"));
  }

  private static RunId run(JsonNode json) {
    return new RunId(Json.text(json, "run_id"));
  }

  private static OperationId operation(JsonNode json) {
    return new OperationId(Json.text(json, "operation_id"));
  }
}
