package dev.microcos.local.stepfunctions.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.run.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** Lists, a page at a time. */
final class Pages {

  private Pages() {}

  /** The page that a request asks for. */
  static <T> ObjectNode page(
      Request request,
      String member,
      List<T> all,
      int mostTokenLength,
      Function<T, ObjectNode> as) {
    int from = request.text("nextToken").map(token -> offset(token, mostTokenLength)).orElse(0);
    int to = Math.min(all.size(), from + request.maxResults());
    ObjectNode answer = Json.object();
    ArrayNode page = answer.putArray(member);
    for (int i = from; i < to; i++) {
      page.add(as.apply(all.get(i)));
    }
    if (to < all.size()) {
      answer.put("nextToken", token(to));
    }
    return answer;
  }

  private static String token(int offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("page/" + offset).getBytes(StandardCharsets.UTF_8));
  }

  private static int offset(String token, int mostLength) {
    if (token.length() > mostLength) {
      throw Request.invalid(
          "Value '" + token + "' at 'nextToken'",
          "Member must have length less than or equal to " + mostLength);
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith("page/")) {
        int offset = Integer.parseInt(text.substring("page/".length()));
        if (offset >= 0) {
          return offset;
        }
      }
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static Refusal invalid() {
    return new Refusal("InvalidToken", "Invalid Token: 'Invalid token'");
  }
}
