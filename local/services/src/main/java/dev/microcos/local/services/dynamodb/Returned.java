package dev.microcos.local.services.dynamodb;

import dev.microcos.local.services.transport.JsonRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which attributes a write gives back. */
enum Returned {
  NONE,
  ALL_OLD,
  ALL_NEW,
  UPDATED_OLD,
  UPDATED_NEW;

  static Returned of(JsonRequest request, Set<Returned> supported) {
    String name = request.text("ReturnValues").orElse("NONE");
    for (Returned returned : supported) {
      if (returned.name().equals(name)) {
        return returned;
      }
    }
    throw DynamoRefusal.invalid("Return values set to invalid value");
  }

  Map<String, Value> of(
      @Nullable Map<String, Value> before,
      @Nullable Map<String, Value> after,
      @Nullable Update update) {
    Map<String, Value> chosen =
        switch (this) {
          case NONE -> null;
          case ALL_OLD, UPDATED_OLD -> before;
          case ALL_NEW, UPDATED_NEW -> after;
        };
    if (chosen == null) {
      return Map.of();
    }
    if (this == ALL_OLD || this == ALL_NEW) {
      return chosen;
    }
    return update == null
        ? Map.of()
        : Projection.of(touched(update).stream().map(Returned::upToList).toList()).of(chosen);
  }

  private static List<Path> touched(Update update) {
    List<Path> paths = new ArrayList<>(update.removes());
    update.sets().forEach(assignment -> paths.add(assignment.path()));
    update.adds().forEach(change -> paths.add(change.path()));
    update.deletes().forEach(change -> paths.add(change.path()));
    return paths;
  }

  /** Of a list the whole is given back, not the elements that were touched. */
  private static Path upToList(Path path) {
    return new Path(
        path.name(), path.steps().stream().takeWhile(Path.Step.Member.class::isInstance).toList());
  }
}
