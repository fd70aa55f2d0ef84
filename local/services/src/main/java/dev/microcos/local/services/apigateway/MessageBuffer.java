package dev.microcos.local.services.apigateway;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/** The frames of one message, put together up to a limit. */
final class MessageBuffer {

  private final int limit;
  private byte[] bytes = new byte[0];
  private boolean text = true;

  MessageBuffer(int limit) {
    this.limit = limit;
  }

  /** Copies the frame's payload; false if the message has become too large. */
  boolean add(Frame frame) {
    if (frame.getOpCode() != OpCode.CONTINUATION) {
      text = frame.getOpCode() == OpCode.TEXT;
    }
    ByteBuffer payload = frame.getPayload();
    int more = payload == null ? 0 : payload.remaining();
    if (bytes.length + more > limit) {
      return false;
    }
    if (more > 0) {
      int before = bytes.length;
      bytes = Arrays.copyOf(bytes, before + more);
      payload.slice().get(bytes, before, more);
    }
    return true;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean isText() {
    return text;
  }
}
