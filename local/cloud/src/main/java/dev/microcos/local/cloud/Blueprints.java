package dev.microcos.local.cloud;

import dev.microcos.local.cloud.template.Blueprint;
import dev.microcos.local.cloud.template.BlueprintReader;
import dev.microcos.local.cloud.template.Place;
import dev.microcos.local.cloud.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The templates that are packed with the local cloud. */
final class Blueprints {
  /** Where everything lives; the services know it too. Its port is the usual one. */
  static final Place PLACE =
      new Place("000000000000", "us-east-1", "http://127.0.0.1:" + LocalCloudOptions.AWS_PORT);

  private Blueprints() {}

  /**
   * What the template of an environment asks for.
   *
   * @throws CloudException if there is no such environment
   */
  static Blueprint of(String environment, Map<String, String> parameters, Place place)
      throws IOException {
    String file = "templates/" + environment + ".json";
    try (InputStream in =
        environment.matches("[a-z]+") ? Blueprints.class.getResourceAsStream(file) : null) {
      if (in == null) {
        throw new CloudException(
            "there is no environment "
                + environment
                + "; choose development, staging or production");
      }
      return BlueprintReader.read(Template.read(in), parameters, place);
    }
  }

  /** The one API of its kind. */
  static <T> T only(List<T> apis, String kind) {
    if (apis.size() != 1) {
      throw new CloudException(
          "the local cloud serves one " + kind + "; the template has " + apis.size());
    }
    return apis.getFirst();
  }
}
