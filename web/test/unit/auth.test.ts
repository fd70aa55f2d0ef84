import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Auth, SignedOut } from '../../src/client/auth';
import { MemoryStorage } from './fakes';

const ISSUER = 'http://issuer/oidc';
const BACK = 'http://page/';
const base64Url = (text: string) => btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const jwt = (claims: object) => `h.${base64Url(JSON.stringify(claims))}.s`;

let storage: MemoryStorage;
let asked: URLSearchParams[];
let answer: (form: URLSearchParams) => Response;

beforeEach(() => {
  storage = new MemoryStorage();
  asked = [];
  answer = () => Response.json({ access_token: jwt({ sub: 'me' }), refresh_token: 'r1', expires_in: 600 });
});

const http = async (address: RequestInfo | URL, init?: RequestInit) => {
  if (String(address) === `${ISSUER}/.well-known/openid-configuration`) {
    return Response.json({ authorization_endpoint: `${ISSUER}/authorize`, token_endpoint: `${ISSUER}/token` });
  }
  const form = new URLSearchParams(String(init?.body));
  asked.push(form);
  return answer(form);
};
const auth = () => new Auth({ issuer: ISSUER, client_id: 'microcos-web' }, BACK, storage, http as typeof fetch);

async function signedIn(): Promise<Auth> {
  const one = auth();
  const url = new URL(await one.begin());
  await one.complete(new URL(`${BACK}?code=c&state=${url.searchParams.get('state')}`));
  return one;
}

describe('signing in', () => {
  test('sends a challenge and proves it with the code', async () => {
    const one = auth();
    const url = new URL(await one.begin());
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'microcos-web',
      redirect_uri: BACK,
      code_challenge_method: 'S256',
    });
    // Another page load finishes it.
    const two = auth();
    expect(await two.complete(new URL(`${BACK}?code=c1&state=${url.searchParams.get('state')}`))).toBe(true);
    const verifier = new TextEncoder().encode(asked[0]!.get('code_verifier')!);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', verifier));
    expect(base64Url(String.fromCharCode(...digest))).toBe(url.searchParams.get('code_challenge'));
    expect(two.person()).toEqual({ sub: 'me', name: 'me' });
    expect(await auth().token()).toBe(jwt({ sub: 'me' }));
  });

  test('takes no answer to a question of somebody else', async () => {
    const one = auth();
    await one.begin();
    await expect(one.complete(new URL(`${BACK}?code=c&state=forged`))).rejects.toThrow(SignedOut);
    expect(asked).toEqual([]);
  });

  test('tells why the issuer refused', async () => {
    const one = auth();
    await expect(one.complete(new URL(`${BACK}?error=access_denied&state=s`))).rejects.toThrow('access_denied');
  });

  test('does nothing at an ordinary address', async () => {
    expect(await auth().complete(new URL(`${BACK}?code=only`))).toBe(false);
  });
});

describe('a token', () => {
  test('is refreshed a minute before its end, once for all who ask', async () => {
    const one = await signedIn();
    vi.useFakeTimers({ now: Date.now() + 550_000, toFake: ['Date'] });
    answer = () => Response.json({ access_token: jwt({ sub: 'me', n: 2 }), expires_in: 600 });
    const tokens = await Promise.all([one.token(), one.token()]);
    vi.useRealTimers();
    expect(tokens).toEqual([jwt({ sub: 'me', n: 2 }), jwt({ sub: 'me', n: 2 })]);
    expect(asked.filter((form) => form.get('grant_type') === 'refresh_token')).toHaveLength(1);
  });

  test('is gone where the refresh is refused, and stays where the issuer has a fault', async () => {
    const one = await signedIn();
    answer = () => new Response('', { status: 503 });
    await expect(one.refresh()).rejects.not.toThrow(SignedOut);
    expect(one.person()).toBeDefined();
    answer = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
    await expect(one.refresh()).rejects.toThrow(SignedOut);
    expect(one.person()).toBeUndefined();
    expect(storage.length).toBe(0);
  });
});
