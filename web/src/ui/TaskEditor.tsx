import { useEffect, useRef, useState } from 'preact/hooks';
import type { MicroCos } from '../client/microcos';
import type { Task, TaskChange } from '../client/types';
import { dateOf } from './time';

interface Props {
  cos: MicroCos;
  id: string;
  task: Task;
  close: () => void;
}

/** A task's details, in its place in the list. Enter saves, Esc leaves it as it was. */
export function TaskEditor({ cos, id, task, close }: Props) {
  const first = useRef<HTMLInputElement>(null);
  const [title, setTitle] = useState(task.title);
  const [due, setDue] = useState(task.due ? dateOf(task.due) : '');
  const [priority, setPriority] = useState(task.priority ?? 'normal');
  const [notes, setNotes] = useState(task.notes ?? '');
  useEffect(() => first.current?.focus(), []);

  const save = (event: Event) => {
    event.preventDefault();
    const change: TaskChange = {};
    if (title.trim() !== '' && title.trim() !== task.title) change.title = title.trim();
    if (due !== (task.due ? dateOf(task.due) : '')) change.due = due || null;
    if (priority !== (task.priority ?? 'normal')) change.priority = priority;
    if (notes.trim() !== (task.notes ?? '')) change.notes = notes.trim() || null;
    if (Object.keys(change).length > 0) cos.changeTask(id, change);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  };
  const dismiss = () => {
    cos.changeTask(id, { status: 'dismissed' });
    close();
  };

  return (
    <li class="task editing">
      <form aria-label={`Edit ${task.title}`} onSubmit={save} onKeyDown={onKeyDown}>
        <label>
          Title
          <input
            ref={first}
            value={title}
            maxLength={500}
            required
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        </label>
        <div class="pair">
          <label>
            Due
            <input type="date" value={due} onInput={(event) => setDue(event.currentTarget.value)} />
          </label>
          <label>
            Priority
            <select
              value={priority}
              onChange={(event) => setPriority(event.currentTarget.value as 'low' | 'normal' | 'high')}
            >
              <option value="high">High</option>
              <option value="normal">Normal</option>
              <option value="low">Low</option>
            </select>
          </label>
        </div>
        <label>
          Notes
          <textarea rows={2} value={notes} onInput={(event) => setNotes(event.currentTarget.value)} />
        </label>
        <div class="buttons">
          <button type="submit" class="primary">
            Save
          </button>
          <button type="button" class="quiet" onClick={close}>
            Cancel
          </button>
          <span class="spread" />
          {task.status === 'open' && (
            <button type="button" class="quiet" onClick={dismiss}>
              Dismiss
            </button>
          )}
          <button type="button" class="quiet danger" onClick={() => cos.deleteTask(id)}>
            Delete
          </button>
        </div>
      </form>
    </li>
  );
}
