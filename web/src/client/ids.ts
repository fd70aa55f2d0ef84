let lastMillis = 0;
let lastCounter = 0;

/**
 * A new UUIDv7 (RFC 9562): ids made by one page sort in the order in which they were made, also within
 * one millisecond. `client_action_id`s have this form, so the server knows how old an action is.
 */
export function uuidV7(now: number = Date.now()): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  if (now > lastMillis) {
    lastMillis = now;
    lastCounter = ((random[6]! << 8) | random[7]!) & 0x7ff;
  } else if (++lastCounter > 0xfff) {
    lastMillis++;
    lastCounter = 0;
  }
  for (let i = 0; i < 6; i++) random[i] = Math.floor(lastMillis / 2 ** (8 * (5 - i))) & 0xff;
  random[6] = 0x70 | (lastCounter >> 8);
  random[7] = lastCounter & 0xff;
  random[8] = 0x80 | (random[8]! & 0x3f);
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
