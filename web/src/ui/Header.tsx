import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { MicroCos } from '../client/microcos';
import { Leave, Mark, Moon, Sun } from './icons';
import { isDark, toggleTheme } from './theme';

/** Who speaks, whether the page is in step with the server, and who is signed in. */
export function Header({ cos, signOut, children }: { cos: MicroCos; signOut: () => void; children: ComponentChildren }) {
  return (
    <header>
      <h1>
        <Mark /> Micro CoS
      </h1>
      {children}
      <ConnectionState cos={cos} />
      {cos.config.value.models?.backend === 'offline' && (
        <span class="badge" title="A rule-based stand-in answers, not a language model.">
          Offline model
        </span>
      )}
      <span class="spread" />
      <span class="person" title={`Signed in as ${cos.person.name}`}>
        {cos.person.name}
      </span>
      <Theme />
      <button type="button" class="icon" aria-label="Sign out" title="Sign out" onClick={signOut}>
        <Leave />
      </button>
    </header>
  );
}

const CONNECTION = { live: 'Live', connecting: 'Connecting…', offline: 'Offline' };

function ConnectionState({ cos }: { cos: MicroCos }) {
  const connection = cos.connection.value;
  return (
    <span class="connection" data-state={connection}>
      <i aria-hidden="true" />
      {CONNECTION[connection]}
      {connection === 'offline' && <span class="wide">: what you write is kept and sent later</span>}
    </span>
  );
}

function Theme() {
  const [dark, setDark] = useState(isDark());
  const label = dark ? 'Light colours' : 'Dark colours';
  return (
    <button type="button" class="icon" aria-label={label} title={label} onClick={() => setDark(toggleTheme())}>
      {dark ? <Sun /> : <Moon />}
    </button>
  );
}
