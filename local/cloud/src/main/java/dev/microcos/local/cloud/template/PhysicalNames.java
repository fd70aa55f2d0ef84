package dev.microcos.local.cloud.template;

import dev.microcos.local.cloud.template.Template.Resource;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What the resources of the local cloud are called. A name follows from the template alone, so a
 * restart finds everything again.
 */
public final class PhysicalNames implements Names {
  private final Place place;

  /** Names for resources at this place. */
  public PhysicalNames(Place place) {
    this.place = place;
  }

  @Override
  public String ref(Resource resource, Resolver resolver) {
    return switch (resource.type()) {
      case Types.TABLE -> property(resource, "TableName", resolver);
      case Types.QUEUE ->
          place.endpoint()
              + "/"
              + place.account()
              + "/"
              + property(resource, "QueueName", resolver);
      case Types.KEY -> uuid(resource);
      case Types.FUNCTION -> property(resource, "FunctionName", resolver);
      case Types.ALIAS ->
          place.arn(
              "lambda",
              "function:"
                  + property(resource, "FunctionName", resolver)
                  + ":"
                  + property(resource, "Name", resolver));
      case Types.STAGE -> property(resource, "StageName", resolver);
      case Types.STATE_MACHINE -> stateMachine(resource, resolver);
      case Types.SCHEDULE, Types.SCHEDULE_GROUP -> property(resource, "Name", resolver);
      default -> id(resource);
    };
  }

  @Override
  public String attribute(Resource resource, String attribute, Resolver resolver) {
    return switch (resource.type() + " " + attribute) {
      case Types.TABLE + " Arn" ->
          place.arn("dynamodb", "table/" + property(resource, "TableName", resolver));
      case Types.QUEUE + " Arn" -> place.arn("sqs", property(resource, "QueueName", resolver));
      case Types.QUEUE + " QueueName" -> property(resource, "QueueName", resolver);
      case Types.KEY + " Arn" -> place.arn("kms", "key/" + uuid(resource));
      case Types.KEY + " KeyId" -> uuid(resource);
      case Types.FUNCTION + " Arn" ->
          place.arn("lambda", "function:" + property(resource, "FunctionName", resolver));
      case Types.VERSION + " Version" -> "1";
      case Types.STATE_MACHINE + " Arn" -> stateMachine(resource, resolver);
      case Types.STATE_MACHINE + " Name" -> property(resource, "StateMachineName", resolver);
      case Types.RULE + " Arn" -> place.arn("events", "rule/" + resource.logicalId());
      case Types.DISTRIBUTION + " DomainName" -> id(resource) + ".cloudfront.net";
      case Types.API + " ApiId" -> id(resource);
      default -> ofNothing(resource, attribute);
    };
  }

  /** What does nothing may still be named: a role by its function, a log group by its stage. */
  private String ofNothing(Resource resource, String attribute) {
    if (attribute.equals("Arn") && !Types.hasEffect(resource)) {
      return place.arn("local", resource.logicalId());
    }
    throw new TemplateException(
        resource + ": its attribute " + attribute + " has no local counterpart");
  }

  private String stateMachine(Resource resource, Resolver resolver) {
    return place.arn("states", "stateMachine:" + property(resource, "StateMachineName", resolver));
  }

  private static String property(Resource resource, String name, Resolver resolver) {
    if (!resource.properties().has(name)) {
      throw new TemplateException(resource + " needs a " + name);
    }
    return resolver.text(resource.properties().get(name));
  }

  private static String uuid(Resource resource) {
    return UUID.nameUUIDFromBytes(resource.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String id(Resource resource) {
    return uuid(resource).replace("-", "").substring(0, 10);
  }
}
