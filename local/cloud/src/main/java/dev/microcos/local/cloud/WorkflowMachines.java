package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.tool.Tools;
import dev.microcos.core.wire.workflow.BrokenWorkflowException;
import dev.microcos.core.wire.workflow.Trigger;
import dev.microcos.core.wire.workflow.WorkflowDefinition;
import dev.microcos.core.wire.workflow.WorkflowFolder;
import dev.microcos.local.cloud.template.Blueprint;
import dev.microcos.local.services.scheduler.SchedulerService;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.AwsService;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The state machines and schedules of the workflows' folder as it is now, beside those of the
 * template: a new or changed workflow is taken while the cloud runs, and a broken one is told once
 * while the last good one stays. What runs ends on the definition that it began on.
 */
final class WorkflowMachines {
  private final WorkflowFolder folder;
  private final StateMachines machines;
  private final SchedulerService scheduler;
  private final String prefix;
  private final String steps;
  private final String role;
  private final String group;
  private final List<Blueprint.Rule> rules;
  private final Consumer<String> tell;
  private final Set<String> heard = new HashSet<>();
  private Map<String, String> taken = Map.of();
  private String told = "";

  /**
   * The machines of a folder.
   *
   * @param tell gets what is wrong with a change
   */
  WorkflowMachines(
      WorkflowFolder folder,
      StateMachines machines,
      SchedulerService scheduler,
      Blueprint blueprint,
      Consumer<String> tell) {
    this.folder = folder;
    this.machines = machines;
    this.scheduler = scheduler;
    this.prefix = variable(blueprint, "STATE_MACHINE_PREFIX");
    this.steps = variable(blueprint, "STEPS_FUNCTION_ARN");
    this.group = variable(blueprint, "SCHEDULE_GROUP");
    this.role =
        blueprint.stateMachines().stream()
            .map(Blueprint.StateMachine::roleArn)
            .findFirst()
            .orElse("arn:aws:iam::000000000000:role/workflows");
    this.rules = blueprint.rules();
    this.tell = tell;
  }

  /**
   * Reads a folder.
   *
   * @throws CloudException if it is broken
   */
  static WorkflowFolder read(Path folder) {
    try {
      return new WorkflowFolder(folder, Tools.ofTheHouse());
    } catch (BrokenWorkflowException e) {
      throw new CloudException("the workflows are not in order:\n" + e.getMessage(), e);
    }
  }

  /**
   * Step Functions, where an execution starts on what the folder holds at that moment: whoever
   * started the run has seen a new workflow as soon as it was there.
   */
  AwsService service() {
    return new AwsService() {
      @Override
      public String signingName() {
        return machines.service().signingName();
      }

      @Override
      public AwsResponse handle(AwsRequest request) {
        if (request.operation().equals("StartExecution")) {
          refresh();
        }
        return machines.service().handle(request);
      }
    };
  }

  /** Makes or changes the machines and schedules of what has changed since the last time. */
  synchronized void refresh() {
    Map<String, WorkflowDefinition> all = folder.all();
    Map<String, String> hashes = new HashMap<>();
    all.forEach((name, workflow) -> hashes.put(name, workflow.hash()));
    if (!hashes.equals(taken)) {
      for (WorkflowDefinition workflow : all.values()) {
        if (!workflow.hash().equals(taken.get(workflow.name()))) {
          take(workflow);
        }
      }
      schedule(all.values());
      taken = hashes;
    }
    String broken = folder.broken().map(e -> String.valueOf(e.getMessage())).orElse("");
    if (!broken.equals(told)) {
      told = broken;
      if (!broken.isEmpty()) {
        tell.accept(broken + "\n  the last good one stays");
      }
    }
  }

  private void take(WorkflowDefinition workflow) {
    String arn = prefix + workflow.name();
    String name = named(workflow.name());
    try {
      machines.make(new Blueprint.StateMachine(name, arn, workflow.machineFor(steps), role, true));
      if (heard.add(name)) {
        rules.forEach(rule -> hear(rule, name, arn));
      }
    } catch (CloudException e) {
      tell.accept(String.valueOf(e.getMessage()));
    }
  }

  /** Called as the template calls them: as of a workflow, and of nothing of people's. */
  private void schedule(Collection<WorkflowDefinition> workflows) {
    Set<String> names = new HashSet<>();
    for (WorkflowDefinition workflow : workflows) {
      workflow
          .schedules()
          .forEach((name, schedule) -> {
            names.add(named(name));
            scheduler.make(schedule(name, workflow.name(), schedule));
          });
    }
    scheduler.retain(group, named(""), names);
  }

  private JsonNode schedule(String name, String workflow, Trigger.Schedule schedule) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.put("Name", named(name)).put("GroupName", group);
    properties.put("ScheduleExpression", schedule.expression());
    properties.put("ScheduleExpressionTimezone", schedule.timeZone());
    properties.putObject("FlexibleTimeWindow").put("Mode", "OFF");
    properties
        .putObject("Target")
        .put("Arn", steps)
        .put("RoleArn", role)
        .put("Input", schedule.due(name, workflow));
    return properties;
  }

  /** What is called so in the template, with the environment before it. */
  private String named(String name) {
    return prefix.substring(prefix.lastIndexOf(':') + 1) + name;
  }

  /**
   * The template's rules name its machines one by one; what they hear of these is heard of this.
   */
  private void hear(Blueprint.Rule rule, String name, String arn) {
    JsonNode pattern = rule.pattern().deepCopy();
    if (pattern.at("/detail/stateMachineArn") instanceof ArrayNode arns
        && arns.valueStream().noneMatch(known -> known.asText().equals(arn))) {
      arns.removeAll().add(arn);
      machines.rule(new Blueprint.Rule(rule.name() + "-" + name, pattern, rule.functionArns()));
    }
  }

  private static String variable(Blueprint blueprint, String name) {
    return blueprint.functions().stream()
        .map(function -> function.variables().getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElseThrow(() -> new CloudException("no function of the template knows " + name));
  }
}
