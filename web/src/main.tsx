import { render } from 'preact';
import { Api } from './client/api';
import { Auth, SignedOut, type PageConfig } from './client/auth';
import { MicroCos } from './client/microcos';
import { App } from './ui/App';
import { SignIn } from './ui/SignIn';
import { applyTheme } from './ui/theme';
import './ui/style.css';

const LEFT = 'microcos.left';
/** The part of the page that was asked for before the sign-in. */
const WANTED = 'microcos.wanted';
const root = document.getElementById('app')!;

applyTheme();
void boot();

/** Finds out who signs in, finishes a sign-in that is under way, and opens the page or the issuer's. */
async function boot(): Promise<void> {
  let auth: Auth | undefined;
  try {
    const config = await pageConfig();
    if (goWhereTheIssuerIs(config)) return;
    auth = new Auth(config, `${location.origin}/`, sessionStorage);
    if (await auth.complete(new URL(location.href))) {
      sessionStorage.removeItem(LEFT);
      history.replaceState(null, '', `/${sessionStorage.getItem(WANTED) ?? ''}`);
      dispatchEvent(new HashChangeEvent('hashchange'));
    }
    const person = (await signedIn(auth)) && auth.person();
    if (person) open(auth, new MicroCos(new Api(auth), person, localStorage));
    else if (sessionStorage.getItem(LEFT)) door(auth);
    else await toIssuer(auth);
  } catch (failure) {
    history.replaceState(null, '', '/');
    if (failure instanceof SignedOut && auth) door(auth, failure.message);
    else render(<SignIn problem="Micro CoS cannot be reached." button="Try again" act={() => location.reload()} />, root);
  }
}

async function pageConfig(): Promise<PageConfig> {
  const reply = await fetch('/config.json', { cache: 'no-store' });
  if (!reply.ok) throw new Error(`/config.json answers ${reply.status}`);
  return (await reply.json()) as PageConfig;
}

/** `localhost` and `127.0.0.1` are two origins to a browser; the local issuer knows only the latter. */
function goWhereTheIssuerIs({ issuer }: PageConfig): boolean {
  const there = new URL(issuer);
  if (location.hostname !== 'localhost' || there.hostname !== '127.0.0.1' || there.port !== location.port) return false;
  location.replace(there.origin + location.pathname + location.search + location.hash);
  return true;
}

/** False if there is no token that is still good; without a network, the one that was good counts. */
async function signedIn(auth: Auth): Promise<boolean> {
  try {
    await auth.token();
    return true;
  } catch (failure) {
    return !(failure instanceof SignedOut);
  }
}

async function toIssuer(auth: Auth): Promise<void> {
  try {
    sessionStorage.setItem(WANTED, location.hash);
    location.assign(await auth.begin());
  } catch {
    door(auth, 'The sign-in service cannot be reached.');
  }
}

function door(auth: Auth, problem?: string): void {
  render(<SignIn problem={problem} button="Sign in" act={() => void toIssuer(auth)} />, root);
}

function open(auth: Auth, cos: MicroCos): void {
  const signOut = () => {
    cos.stop();
    auth.signOut();
    sessionStorage.setItem(LEFT, 'yes');
    sessionStorage.removeItem('microcos.draft');
    door(auth);
  };
  render(<App cos={cos} signIn={() => void toIssuer(auth)} signOut={signOut} />, root);
  addEventListener('online', () => cos.wake());
  addEventListener('focus', () => cos.wake());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && cos.wake());
  cos.start();
}
