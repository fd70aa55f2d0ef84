import type { Auth } from './auth';
import { parseObject, type JsonObject } from './json';

/** The server said no: an RFC 9457 problem, or the gateway's own form of one. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly retryAfterSeconds?: number,
    /** The whole problem, with what it names beside its sentence. */
    readonly body: JsonObject = {},
  ) {
    super(detail);
  }

  /** What is wrong with single fields, by JSON pointer into the body that was sent. */
  get fields(): { pointer: string; detail: string }[] {
    const errors = this.body['errors'];
    return Array.isArray(errors) ? (errors as { pointer: string; detail: string }[]) : [];
  }

  /** It will never pass as it is, so what was shown must be rolled back. */
  get final(): boolean {
    return this.status >= 400 && this.status < 500 && ![401, 408, 425, 429].includes(this.status);
  }
}

/** No answer came: no network, no server, or none in time. */
export class Unreachable extends Error {}

const TIMEOUT_MILLIS = 20_000;

/** The HTTP API (contract, section 2), spoken as the person who is signed in. */
export class Api {
  constructor(
    private readonly auth: Auth,
    private readonly http: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  /**
   * Sends one request and gives the JSON of a 2xx reply. A body carries its action's id itself; without a
   * body, `actionId` goes as header. Fails with {@link Problem}, {@link Unreachable} or
   * `SignedOut`; a token that is not accepted is replaced once.
   */
  async request(method: string, path: string, body?: JsonObject, actionId?: string): Promise<JsonObject> {
    let reply = await this.send(await this.token(), method, path, body, actionId);
    if (reply.status === 401) {
      reply = await this.send(await this.refresh(), method, path, body, actionId);
    }
    const text = await reply.text().catch(() => '');
    const answer = parseObject(text) ?? {};
    if (reply.ok) return answer;
    if (reply.status === 401) this.auth.signOut();
    throw new Problem(reply.status, sentence(reply.status, answer), retryAfter(reply), answer);
  }

  private async send(
    token: string,
    method: string,
    path: string,
    body: JsonObject | undefined,
    actionId: string | undefined,
  ): Promise<Response> {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}` };
    if (body) headers['Content-Type'] = 'application/json';
    else if (actionId) headers['Idempotency-Key'] = actionId;
    return reached(
      this.http(path, {
        method,
        headers,
        cache: 'no-store',
        signal: AbortSignal.timeout(TIMEOUT_MILLIS),
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
  }

  private token(): Promise<string> {
    return reached(this.auth.token());
  }

  private refresh(): Promise<string> {
    return reached(this.auth.refresh());
  }
}

/** fetch() tells a network fault by a TypeError and a timeout by a DOMException. */
async function reached<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (failure) {
    if (failure instanceof TypeError || failure instanceof DOMException) {
      throw new Unreachable('Micro CoS cannot be reached.', { cause: failure });
    }
    throw failure;
  }
}

function retryAfter(reply: Response): number | undefined {
  const seconds = Number(reply.headers.get('Retry-After') ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

/** One sentence for people. */
function sentence(status: number, problem: JsonObject): string {
  const errors = Array.isArray(problem['errors']) ? problem['errors'] : [];
  const first = errors.find((error) => typeof error === 'object' && error !== null && 'detail' in error);
  const detail = (first as JsonObject | undefined)?.['detail'] ?? problem['detail'] ?? problem['title'];
  if (typeof detail === 'string' && detail !== '') return detail;
  if (status === 413) return 'That is too long.';
  if (status === 429) return 'That was too fast.';
  if (status >= 500) return 'Micro CoS has a fault just now.';
  return `Micro CoS refused this (${status}).`;
}
