import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { MicroCos } from '../client/microcos';
import { Announcer } from './Announcer';
import { Chat } from './Chat';
import { Header } from './Header';
import { useMedia } from './hooks';
import { loadMore, More } from './More';
import { route } from './route';
import { Tasks } from './Tasks';

const SCREENS = ['runs', 'start', 'schedules'];

interface Props {
  cos: MicroCos;
  signIn: () => void;
  signOut: () => void;
}

/** The page of somebody who is signed in: chat and tasks side by side where there is room, else one thing at a time. */
export function App({ cos, signIn, signOut }: Props) {
  const narrow = useMedia('(max-width: 55rem)');
  const [part = 'chat', name] = route.value;
  const home = part === 'chat' || part === 'tasks' || !SCREENS.includes(part);
  const chat = home && !(narrow && part === 'tasks');
  const loaded = cos.loaded.value;
  useEffect(() => {
    if (loaded) loadMore();
  }, [loaded]);
  const navigation = <Navigation cos={cos} part={home ? (chat ? 'chat' : 'tasks') : part} narrow={narrow} />;
  return (
    <>
      <Header cos={cos} signOut={signOut}>
        {!narrow && navigation}
      </Header>
      {narrow && navigation}
      {cos.signedOut.value && (
        <p class="banner" role="alert">
          Your session has ended. What you wrote is kept here.
          <button type="button" class="primary" onClick={signIn}>
            Sign in again
          </button>
        </p>
      )}
      <main>
        <section class="pane chat-pane" aria-label="Chat" hidden={!chat}>
          <Chat cos={cos} active={chat} />
        </section>
        <section class="pane tasks-pane" aria-label="Tasks" hidden={!home || (narrow && chat)}>
          <Tasks cos={cos} />
        </section>
        {!home && <More cos={cos} part={part} name={name} />}
      </main>
      <Announcer cos={cos} />
    </>
  );
}

function Navigation({ cos, part, narrow }: { cos: MicroCos; part: string; narrow: boolean }) {
  const { tasks = {}, questions = {} } = cos.state.value;
  const open = Object.values(tasks).filter((task) => task.status === 'open').length;
  const asked = Object.keys(questions).length;
  const current = part === 'start' ? 'runs' : part;
  const link = (to: string, name: string, text: ComponentChildren) => (
    <a href={`#/${to}`} aria-current={current === name ? 'page' : undefined}>
      {text}
    </a>
  );
  return (
    <nav aria-label="Main">
      {link('', 'chat', 'Chat')}
      {narrow && link('tasks', 'tasks', open > 0 ? `Tasks (${open})` : 'Tasks')}
      {link('runs', 'runs', asked > 0 ? <RunsAsking asked={asked} /> : 'Runs')}
      {link('schedules', 'schedules', 'Schedules')}
    </nav>
  );
}

function RunsAsking({ asked }: { asked: number }) {
  return (
    <>
      Runs <b class="asking">{asked}</b>
      <span class="unseen"> waiting for you</span>
    </>
  );
}
