package dev.microcos.local.cloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.cloud.template.Template.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Turns a template into a blueprint; what cannot be is refused by name before anything is made. */
public final class BlueprintReader {
  private static final int LEAST_MEMORY = 128;
  private static final int USUAL_TIMEOUT = 3;
  private static final int USUAL_BATCH = 10;
  private static final int MOST_CONCURRENCY = 1000;

  private final Template template;
  private final Resolver resolver;
  private final PhysicalNames names;
  private final Map<String, JsonNode> properties = new LinkedHashMap<>();
  private final List<String> withoutEffect = new ArrayList<>();

  private BlueprintReader(Template template, Map<String, String> parameters, Place place) {
    this.template = template;
    this.names = new PhysicalNames(place);
    Map<String, String> values = new LinkedHashMap<>(parameters);
    values.put("AWS::Region", place.region());
    values.put("AWS::AccountId", place.account());
    values.put("AWS::Partition", "aws");
    values.put("AWS::URLSuffix", "amazonaws.com");
    this.resolver = new Resolver(template, values, names);
  }

  /**
   * Reads a template.
   *
   * @throws TemplateException naming what the local cloud cannot be
   */
  public static Blueprint read(Template template, Map<String, String> parameters, Place place) {
    return new BlueprintReader(template, parameters, place).read();
  }

  private Blueprint read() {
    for (Resource resource : template.resources()) {
      if (!resolver.exists(resource)) {
        continue;
      }
      if (Types.hasEffect(resource)) {
        properties.put(resource.logicalId(), resolver.resolve(resource.properties()));
      } else {
        withoutEffect.add(resource.toString());
      }
    }
    Aliases aliases = new Aliases(this, names, resolver);
    ApiReader apis = new ApiReader(this, aliases);
    return new Blueprint(
        each(Types.TABLE).map(this::properties).toList(),
        each(Types.QUEUE).map(this::properties).toList(),
        each(Types.KEY).map(key -> new Blueprint.Key(ref(key), arn(key))).toList(),
        each(Types.FUNCTION).map(this::function).toList(),
        each(Types.MAPPING).map(each -> mapping(each, aliases)).toList(),
        apis.http(),
        apis.sockets(),
        each(Types.STATE_MACHINE).map(this::stateMachine).toList(),
        each(Types.RULE)
            .filter(rule -> !properties(rule).path("State").asText().equals("DISABLED"))
            .map(rule -> rule(rule, properties(rule), aliases))
            .toList(),
        each(Types.SCHEDULE).map(schedule -> schedule(schedule, aliases)).toList(),
        List.copyOf(withoutEffect));
  }

  /** The resources of a type. */
  Stream<Resource> each(String type) {
    return template.resources().stream()
        .filter(resource -> resource.type().equals(type) && resolver.exists(resource));
  }

  /** The computed properties of a resource. */
  JsonNode properties(Resource resource) {
    JsonNode found = properties.get(resource.logicalId());
    if (found == null) {
      throw new TemplateException(resource + " has no local effect");
    }
    return found;
  }

  /** What a reference to the resource gives. */
  String ref(Resource resource) {
    return names.ref(resource, resolver);
  }

  /** The values of a list, empty if it is missing. */
  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private String arn(Resource resource) {
    return names.attribute(resource, "Arn", resolver);
  }

  private Blueprint.Function function(Resource resource) {
    JsonNode from = properties(resource);
    Map<String, String> variables = new LinkedHashMap<>();
    from.at("/Environment/Variables")
        .properties()
        .forEach(variable -> variables.put(variable.getKey(), variable.getValue().asText()));
    JsonNode reserved = from.path("ReservedConcurrentExecutions");
    return new Blueprint.Function(
        resource.logicalId(),
        ref(resource),
        arn(resource),
        from.path("Handler").asText().replaceFirst("::.*", ""),
        from.path("MemorySize").asInt(LEAST_MEMORY),
        Duration.ofSeconds(from.path("Timeout").asInt(USUAL_TIMEOUT)),
        reserved.isMissingNode() ? OptionalInt.empty() : OptionalInt.of(reserved.asInt()),
        variables);
  }

  private Blueprint.Mapping mapping(Resource resource, Aliases aliases) {
    JsonNode from = properties(resource);
    return new Blueprint.Mapping(
        from.path("EventSourceArn").asText(),
        aliases.function(from.path("FunctionName").asText(), resource),
        from.path("BatchSize").asInt(USUAL_BATCH),
        from.at("/ScalingConfig/MaximumConcurrency").asInt(MOST_CONCURRENCY),
        texts(from.path("FunctionResponseTypes")).contains("ReportBatchItemFailures"));
  }

  private Blueprint.StateMachine stateMachine(Resource resource) {
    JsonNode from = properties(resource);
    String type = from.path("StateMachineType").asText("STANDARD");
    if (!type.equals("STANDARD")) {
      throw new TemplateException(resource + ": the type " + type + " has no local counterpart");
    }
    String definition =
        from.has("Definition")
            ? from.path("Definition").toString()
            : from.path("DefinitionString").asText();
    for (Map.Entry<String, JsonNode> each : from.path("DefinitionSubstitutions").properties()) {
      definition = definition.replace("${" + each.getKey() + "}", each.getValue().asText());
    }
    return new Blueprint.StateMachine(
        from.path("StateMachineName").asText(),
        arn(resource),
        definition,
        from.path("RoleArn").asText(),
        from.at("/TracingConfiguration/Enabled").asBoolean());
  }

  private JsonNode schedule(Resource resource, Aliases aliases) {
    JsonNode from = properties(resource);
    for (String needed : List.of("Name", "ScheduleExpression")) {
      if (!from.has(needed)) {
        throw new TemplateException(resource + " needs a " + needed);
      }
    }
    String _ = aliases.function(from.at("/Target/Arn").asText(), resource);
    return from;
  }

  private static Blueprint.Rule rule(Resource resource, JsonNode from, Aliases aliases) {
    List<String> functions = new ArrayList<>();
    for (JsonNode target : from.path("Targets")) {
      for (String unknown : List.of("Input", "InputPath", "InputTransformer")) {
        if (target.has(unknown)) {
          throw new TemplateException(
              resource + ": " + unknown + " of a target has no local counterpart");
        }
      }
      functions.add(aliases.function(target.path("Arn").asText(), resource));
    }
    return new Blueprint.Rule(
        from.path("Name").asText(resource.logicalId()), from.path("EventPattern"), functions);
  }
}
