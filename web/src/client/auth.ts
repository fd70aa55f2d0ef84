import { isObject, parseObject, type JsonObject } from './json';

/** `/config.json`: who signs people in. */
export interface PageConfig {
  issuer: string;
  client_id: string;
  environment?: string;
  scope?: string;
}

/** Nobody is signed in (any more). */
export class SignedOut extends Error {}

/** The person as the token names them. */
export interface Person {
  sub: string;
  name: string;
}

interface Tokens {
  access_token: string;
  refresh_token?: string;
  id_token?: string;
  expires_at_millis: number;
}

interface Pending {
  state: string;
  nonce: string;
  verifier: string;
}

const TOKENS = 'microcos.tokens';
const PENDING = 'microcos.signing-in';
const REFRESH_BEFORE_MILLIS = 60_000;

/**
 * Sign-in by OpenID Connect: authorization code with PKCE (RFC 7636), no client secret. Tokens live in the
 * tab's session storage and nowhere else; they are refreshed a minute before they end.
 */
export class Auth {
  private tokens: Tokens | undefined;
  private refreshing: Promise<string> | undefined;
  private metadata: Promise<JsonObject> | undefined;

  constructor(
    private readonly config: PageConfig,
    private readonly redirectUri: string,
    private readonly storage: Storage,
    private readonly http: typeof fetch = (input, init) => fetch(input, init),
  ) {
    const saved = parseObject(storage.getItem(TOKENS) ?? '');
    if (saved) this.tokens = saved as unknown as Tokens;
  }

  /** Who is signed in, by the claims of the token (for display; the server checks the token itself). */
  person(): Person | undefined {
    if (!this.tokens) return undefined;
    const access = claims(this.tokens.access_token);
    const id = claims(this.tokens.id_token ?? '');
    const sub = String(access['sub'] ?? id['sub'] ?? 'me');
    const name = id['name'] ?? id['preferred_username'] ?? id['email'] ?? access['username'];
    return { sub, name: typeof name === 'string' ? name : sub };
  }

  /** The address of the issuer's page for a new sign-in; remembers what {@link complete} must check. */
  async begin(): Promise<string> {
    const pending: Pending = { state: random(), nonce: random(), verifier: random() };
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pending.verifier));
    const url = new URL(await this.endpoint('authorization_endpoint'));
    for (const [key, value] of Object.entries({
      response_type: 'code',
      client_id: this.config.client_id,
      redirect_uri: this.redirectUri,
      scope: this.config.scope ?? 'openid microcos',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: base64Url(new Uint8Array(digest)),
      code_challenge_method: 'S256',
    })) {
      url.searchParams.set(key, value);
    }
    this.storage.setItem(PENDING, JSON.stringify(pending));
    return url.href;
  }

  /**
   * Finishes a sign-in if the address carries the issuer's answer. False if it carries none; an error, with
   * a sentence for people, if the issuer refused or the answer does not belong to this tab.
   */
  async complete(address: URL): Promise<boolean> {
    const query = address.searchParams;
    if (!query.has('state') || !(query.has('code') || query.has('error'))) return false;
    const pending = parseObject(this.storage.getItem(PENDING) ?? '') as unknown as Pending | undefined;
    this.storage.removeItem(PENDING);
    if (query.has('error')) {
      throw new SignedOut(query.get('error_description') ?? `Sign-in was refused (${query.get('error')}).`);
    }
    if (!pending || pending.state !== query.get('state')) {
      throw new SignedOut('That sign-in was begun elsewhere or is too old. Please sign in again.');
    }
    const tokens = await this.exchange({
      grant_type: 'authorization_code',
      code: query.get('code') ?? '',
      redirect_uri: this.redirectUri,
      code_verifier: pending.verifier,
    });
    const nonce = claims(tokens.id_token ?? '')['nonce'];
    if (nonce !== undefined && nonce !== pending.nonce) {
      this.signOut();
      throw new SignedOut('The issuer answered another sign-in. Please sign in again.');
    }
    return true;
  }

  /** A token good for at least some seconds; {@link SignedOut} if there is none and none can be had. */
  async token(): Promise<string> {
    if (!this.tokens) throw new SignedOut('Nobody is signed in.');
    if (Date.now() < this.tokens.expires_at_millis - REFRESH_BEFORE_MILLIS) {
      return this.tokens.access_token;
    }
    return this.tokens.refresh_token ? this.refresh() : this.lastMinute(this.tokens);
  }

  /** A new token in place of one that the server did not accept. */
  async refresh(): Promise<string> {
    const refreshToken = this.tokens?.refresh_token;
    if (!refreshToken) {
      this.signOut();
      throw new SignedOut('Your session has ended.');
    }
    this.refreshing ??= this.exchange({ grant_type: 'refresh_token', refresh_token: refreshToken })
      .then((tokens) => tokens.access_token)
      .finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  /** Forgets the tokens of this tab. */
  signOut(): void {
    this.tokens = undefined;
    this.storage.removeItem(TOKENS);
  }

  private lastMinute(tokens: Tokens): string {
    if (Date.now() < tokens.expires_at_millis) return tokens.access_token;
    this.signOut();
    throw new SignedOut('Your session has ended.');
  }

  private async exchange(fields: Record<string, string>): Promise<Tokens> {
    const reply = await this.http(await this.endpoint('token_endpoint'), {
      method: 'POST',
      body: new URLSearchParams({ ...fields, client_id: this.config.client_id }),
    });
    const body = parseObject(await reply.text());
    if (reply.status >= 500) throw new Error('The sign-in service has a fault.');
    const access = body?.['access_token'];
    if (!reply.ok || !body || typeof access !== 'string') {
      this.signOut();
      throw new SignedOut('Your sign-in was not accepted. Please sign in again.');
    }
    const seconds = typeof body['expires_in'] === 'number' ? body['expires_in'] : 3600;
    const kept = body['refresh_token'] ?? this.tokens?.refresh_token;
    this.tokens = {
      access_token: access,
      expires_at_millis: Date.now() + seconds * 1000,
      ...(typeof kept === 'string' && { refresh_token: kept }),
      ...(typeof body['id_token'] === 'string' && { id_token: body['id_token'] }),
    };
    this.storage.setItem(TOKENS, JSON.stringify(this.tokens));
    return this.tokens;
  }

  private async endpoint(name: string): Promise<string> {
    this.metadata ??= this.discover();
    try {
      const address = (await this.metadata)[name];
      if (typeof address === 'string') return address;
      throw new Error(`The issuer names no ${name}.`);
    } catch (failure) {
      this.metadata = undefined;
      throw failure;
    }
  }

  private async discover(): Promise<JsonObject> {
    const base = this.config.issuer.replace(/\/$/, '');
    const reply = await this.http(`${base}/.well-known/openid-configuration`);
    if (!reply.ok) throw new Error(`The issuer ${base} answers ${reply.status}.`);
    return (await reply.json()) as JsonObject;
  }
}

function claims(token: string): JsonObject {
  const body = token.split('.')[1];
  if (!body) return {};
  try {
    const bytes = Uint8Array.from(atob(body.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function random(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
