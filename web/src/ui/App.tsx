import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { MicroCos } from '../client/microcos';
import { Announcer } from './Announcer';
import { Chat } from './Chat';
import { Header } from './Header';
import { useMedia } from './hooks';
import { Tasks } from './Tasks';

type Pane = 'chat' | 'tasks';

interface Props {
  cos: MicroCos;
  signIn: () => void;
  signOut: () => void;
}

const pane = signal<Pane>('chat');

/** The page of somebody who is signed in: side by side where there is room, one at a time where not. */
export function App({ cos, signIn, signOut }: Props) {
  const narrow = useMedia('(max-width: 55rem)');
  const shown = (name: Pane) => !narrow || pane.value === name;
  const open = Object.values(cos.state.value.tasks ?? {}).filter((t) => t.status === 'open').length;
  return (
    <>
      <Header cos={cos} signOut={signOut} />
      {cos.signedOut.value && (
        <p class="banner" role="alert">
          Your session has ended. What you wrote is kept here.
          <button type="button" class="primary" onClick={signIn}>
            Sign in again
          </button>
        </p>
      )}
      <main>
        {narrow && (
          <div class="tabs" role="tablist" aria-label="Views" onKeyDown={arrows}>
            <Tab name="chat" text="Chat" />
            <Tab name="tasks" text={open > 0 ? `Tasks (${open})` : 'Tasks'} />
          </div>
        )}
        <div class="panes">
          <Panel name="chat" label="Chat" narrow={narrow} shown={shown('chat')}>
            <Chat cos={cos} active={shown('chat')} />
          </Panel>
          <Panel name="tasks" label="Tasks" narrow={narrow} shown={shown('tasks')}>
            <Tasks cos={cos} />
          </Panel>
        </div>
      </main>
      <Announcer cos={cos} />
    </>
  );
}

function Tab({ name, text }: { name: Pane; text: string }) {
  const selected = pane.value === name;
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${name}`}
      aria-controls={name}
      aria-selected={selected}
      tabIndex={selected ? 0 : -1}
      onClick={() => (pane.value = name)}
    >
      {text}
    </button>
  );
}

function arrows(event: KeyboardEvent): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  pane.value = pane.value === 'chat' ? 'tasks' : 'chat';
  document.getElementById(`tab-${pane.value}`)?.focus();
}

interface PanelProps {
  name: Pane;
  label: string;
  narrow: boolean;
  shown: boolean;
  children: ComponentChildren;
}

function Panel({ name, label, narrow, shown, children }: PanelProps) {
  const role = narrow ? { role: 'tabpanel' as const, 'aria-labelledby': `tab-${name}` } : { 'aria-label': label };
  return (
    <section id={name} class={`pane ${name}-pane`} hidden={!shown} {...role}>
      {children}
    </section>
  );
}
