package dev.microcos.local.cloud.template;

import dev.microcos.local.cloud.template.Template.Resource;
import java.util.HashMap;
import java.util.Map;

/**
 * The aliases of functions. Here a function has one version, the code that runs, so whoever calls
 * an alias calls the function.
 */
final class Aliases {
  private final Map<String, String> functionOf = new HashMap<>();

  Aliases(BlueprintReader reader, PhysicalNames names, Resolver resolver) {
    reader
        .each(Types.ALIAS)
        .forEach(alias -> {
          String arn = reader.ref(alias);
          String function = arn.substring(0, arn.lastIndexOf(':'));
          functionOf.put(arn, function);
          functionOf.put(nameIn(arn), nameIn(function));
        });
    reader
        .each(Types.FUNCTION)
        .forEach(function -> {
          String arn = names.attribute(function, "Arn", resolver);
          functionOf.put(arn, arn);
          functionOf.put(nameIn(arn), nameIn(arn));
        });
  }

  /**
   * The function, as it is called: by name if that was a name, by ARN if it was one.
   *
   * @throws TemplateException naming the caller, if the template has no such function or alias
   */
  String function(String nameOrArn, Resource caller) {
    String function = functionOf.get(nameOrArn);
    if (function == null) {
      throw new TemplateException(
          caller + " calls " + nameOrArn + ", which is neither a function nor an alias of one");
    }
    return function;
  }

  private static String nameIn(String arn) {
    return arn.substring(arn.indexOf(":function:") + ":function:".length());
  }
}
