import { useState } from 'preact/hooks';
import type { MicroCos } from '../client/microcos';
import type { Task } from '../client/types';
import { Plus } from './icons';
import { tasksInOrder } from './order';
import { TaskItem } from './TaskItem';
import { Upcoming } from './Upcoming';

type Entry = [string, Task];

/** The person's tasks: suggestions first, then what is open, then what is behind them; and what is coming. */
export function Tasks({ cos }: { cos: MicroCos }) {
  const all = tasksInOrder(cos.state.value.tasks ?? {});
  const proposed = all.filter(([, t]) => t.status === 'proposed');
  const open = all.filter(([, t]) => t.status === 'open');
  const over = all.filter(([, t]) => t.status === 'done' || t.status === 'dismissed').reverse();
  return (
    <div class="tasks">
      <h2>
        Tasks {open.length > 0 && <span class="count">{open.length}</span>}
      </h2>
      <NewTask add={(title) => cos.addTask(title)} />
      {proposed.length > 0 && <h3>Suggested</h3>}
      {proposed.length > 0 && <List cos={cos} entries={proposed} label="Suggested tasks" />}
      {proposed.length > 0 && open.length > 0 && <h3>Open</h3>}
      {open.length > 0 && <List cos={cos} entries={open} label="Open tasks" />}
      {open.length + proposed.length === 0 && cos.loaded.value && (
        <p class="nothing">Nothing to do. Your chief of staff knows of what you add here.</p>
      )}
      {over.length > 0 && (
        <details>
          <summary>Finished ({over.length})</summary>
          <List cos={cos} entries={over} label="Finished tasks" />
        </details>
      )}
      <Upcoming cos={cos} />
    </div>
  );
}

function List({ cos, entries, label }: { cos: MicroCos; entries: Entry[]; label: string }) {
  return (
    <ul aria-label={label}>
      {entries.map(([id, task]) => (
        <TaskItem key={cos.keyOf(id)} cos={cos} id={id} task={task} />
      ))}
    </ul>
  );
}

function NewTask({ add }: { add: (title: string) => void }) {
  const [title, setTitle] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    if (title.trim() === '') return;
    add(title.trim());
    setTitle('');
  };
  return (
    <form class="new-task" onSubmit={submit}>
      <input
        value={title}
        onInput={(event) => setTitle(event.currentTarget.value)}
        placeholder="Add a task"
        aria-label="New task"
        maxLength={500}
        enterkeyhint="done"
      />
      <button type="submit" class="icon" aria-label="Add task" disabled={title.trim() === ''}>
        <Plus />
      </button>
    </form>
  );
}
