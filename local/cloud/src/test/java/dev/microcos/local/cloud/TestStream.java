package dev.microcos.local.cloud;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The server-sent events of a run, read as they come. */
record TestStream(int status, BufferedReader lines) implements AutoCloseable {

  /** Opens the stream behind an event; "" is from the beginning. */
  static TestStream open(TestRun run, String lastEventId) {
    TestPerson person = run.person();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(person.base() + "/v1/runs/" + run.id() + "/events"))
            .header("authorization", "Bearer " + person.token())
            .header("accept", "text/event-stream");
    if (!lastEventId.isEmpty()) {
      request.header("last-event-id", lastEventId);
    }
    try {
      HttpResponse<InputStream> response =
          person.http().send(request.build(), BodyHandlers.ofInputStream());
      return new TestStream(
          response.statusCode(),
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The lines up to this one, which is the last; up to the end if there is none such. */
  List<String> upTo(String last) throws IOException {
    List<String> read = new ArrayList<>();
    String line = lines.readLine();
    while (line != null) {
      read.add(line);
      line = line.equals(last) ? null : lines.readLine();
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
