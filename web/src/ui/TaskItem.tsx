import { useRef, useState } from 'preact/hooks';
import type { MicroCos } from '../client/microcos';
import type { Task } from '../client/types';
import { TaskEditor } from './TaskEditor';
import { dateOf, dayName, today } from './time';

interface Props {
  cos: MicroCos;
  id: string;
  task: Task;
}

/** One task: a tick, its title, when it is due; the title opens its details. */
export function TaskItem({ cos, id, task }: Props) {
  const [editing, setEditing] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const action = cos.actionOf(id);
  const unsent = action !== undefined && action.status !== 'accepted';
  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  if (editing) return <TaskEditor cos={cos} id={id} task={task} close={close} />;

  const change = (status: 'open' | 'done' | 'dismissed') => cos.changeTask(id, { status });
  return (
    <li class="task" data-status={task.status} data-unsent={unsent} data-id={id}>
      {task.status !== 'proposed' && (
        <input
          type="checkbox"
          checked={task.status !== 'open'}
          disabled={unsent}
          aria-label={`Done: ${task.title}`}
          onChange={() => change(task.status === 'open' ? 'done' : 'open')}
        />
      )}
      <button type="button" class="title" ref={opener} disabled={unsent} onClick={() => setEditing(true)}>
        <span class="text">{task.title}</span>
        <Facts task={task} />
        {task.notes && <span class="notes">{task.notes}</span>}
      </button>
      {task.status === 'proposed' && (
        <span class="choices">
          <button type="button" class="quiet strong" onClick={() => change('open')}>
            Accept
          </button>
          <button type="button" class="quiet" onClick={() => change('dismissed')}>
            Dismiss
          </button>
        </span>
      )}
      {action?.status === 'failed' && (
        <span class="choices">
          <button type="button" class="quiet strong" onClick={() => cos.retrySend(action.id)}>
            Try again
          </button>
          <button type="button" class="quiet" onClick={() => cos.discard(action.id)}>
            Discard
          </button>
        </span>
      )}
    </li>
  );
}

function Facts({ task }: { task: Task }) {
  const due = task.due && dateOf(task.due);
  const open = task.status === 'open' || task.status === 'proposed';
  const late = open && due && due < today();
  const level = open && task.priority !== 'normal' ? task.priority : undefined;
  if (!due && !level && task.status !== 'dismissed') return null;
  return (
    <span class="facts">
      {level && <span class={level}>{level === 'high' ? 'High' : 'Low'}</span>}
      {due && <span class={late ? 'late' : ''}>{late ? `Was due ${lowerDay(due)}` : dayName(due)}</span>}
      {task.status === 'dismissed' && <span>Dismissed</span>}
    </span>
  );
}

function lowerDay(due: string): string {
  const name = dayName(due);
  return name === 'Yesterday' ? 'yesterday' : name;
}
