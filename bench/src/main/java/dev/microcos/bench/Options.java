package dev.microcos.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the command line asks for.
 *
 * @param contenders who runs, ours first where it takes part
 * @param settings how long and how often
 * @param quick whether it is only a smoke run
 * @param commit what is measured
 * @param out where results go, without extension
 */
record Options(
    List<Contender> contenders, Settings settings, boolean quick, String commit, Path out) {
  static final String USAGE =
      """
      bench/run [--quick] [--systems=microcos,workerd] [--rounds=5] [--warm-up=20] [--seconds=5]
                [--share=500] [--streams=10] [--seed=1] [--out=FILE]
        --quick    one short round: shows that everything runs, measures nothing
        --systems  of microcos, workerd (under miniflare), workerd-bare (alone); ratios are the
                   first one's to the others
        --warm-up, --seconds   seconds of load before a round's cells, and in each
        --share    messages of a person before another one takes the seat
        --streams  answers streamed at a time, 0 for none
        --out      where the results go, without extension\
      """;

  /** Reads the arguments; fails with what is wrong with them. */
  static Options of(String... arguments) {
    Path root = Path.of("").toAbsolutePath();
    List<String> systems = List.of("microcos", "workerd");
    boolean quick = List.of(arguments).contains("--quick");
    Settings settings = quick ? Settings.QUICK : Settings.FULL;
    String commit = "unknown";
    Path out = root.resolve(quick ? "bench/target/quick" : "bench/results/latest");
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String value = argument.substring(equals + 1);
      switch (equals < 0 ? argument : argument.substring(0, equals)) {
        case "--quick" -> {}
        case "--systems" -> systems = List.of(value.split(","));
        case "--commit" -> commit = value;
        case "--out" -> out = root.resolve(value);
        case "--rounds" -> settings = settings.withRounds(Integer.parseInt(value));
        case "--warm-up" -> settings = settings.withWarmUp(seconds(value));
        case "--seconds" -> settings = settings.withCell(seconds(value));
        case "--share" -> settings = settings.withShare(Integer.parseInt(value));
        case "--streams" -> settings = settings.withStreams(Integer.parseInt(value));
        case "--seed" -> settings = settings.withSeed(Long.parseLong(value));
        default -> throw new IllegalArgumentException("There is no option " + argument);
      }
    }
    List<Contender> contenders = new ArrayList<>();
    for (String system : systems) {
      contenders.add(contender(system, root, commit));
    }
    return new Options(contenders, settings, quick, commit, out);
  }

  private static Duration seconds(String value) {
    return Duration.ofMillis(Math.round(1000 * Double.parseDouble(value)));
  }

  private static Contender contender(String name, Path root, String commit) {
    Path peer = root.resolve("bench/peers/workerd");
    return switch (name) {
      case "microcos" -> new MicroCos(root, commit, Map.of());
      case "workerd" -> new DurableObject(peer, false);
      case "workerd-bare" -> new DurableObject(peer, true);
      default -> throw new IllegalArgumentException("There is no system " + name);
    };
  }
}
