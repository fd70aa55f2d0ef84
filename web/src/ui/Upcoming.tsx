import { useEffect, useRef, useState } from 'preact/hooks';
import type { MicroCos } from '../client/microcos';
import type { CalendarEvent } from '../client/types';
import { Close, Plus } from './icons';
import { clock, dateOf, dayName, today } from './time';

/** What the calendar holds from today on, and a line to add to it. */
export function Upcoming({ cos }: { cos: MicroCos }) {
  const [adding, setAdding] = useState(false);
  const from = today();
  const entries = Object.entries(cos.state.value.calendar ?? {})
    .filter(([, event]) => dateOf(event.ends_at ?? event.starts_at) >= from)
    .sort(([, a], [, b]) => start(a) - start(b));
  return (
    <section class="upcoming" aria-label="Upcoming">
      <h2>
        Upcoming <span class="spread" />
        <button type="button" class="icon" aria-label="Add to the calendar" aria-expanded={adding} onClick={() => setAdding(!adding)}>
          <Plus />
        </button>
      </h2>
      {adding && <NewEvent cos={cos} close={() => setAdding(false)} />}
      <ul>
        {entries.map(([id, event]) => (
          <li class="task event" key={cos.keyOf(id)} data-id={id}>
            <div class="title">
              <span class="text">{event.title}</span>
              <span class="facts">
                <span>{dayName(dateOf(event.starts_at))}</span>
                {event.starts_at.length > 10 && <span>{clock(event.starts_at)}</span>}
                {event.location && <span>{event.location}</span>}
              </span>
            </div>
            <button
              type="button"
              class="icon"
              aria-label={`Remove ${event.title}`}
              disabled={cos.actionOf(id) !== undefined}
              onClick={() => cos.removeCalendarEvent(id)}
            >
              <Close />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A date stands for its whole day here, so it comes before its hours. */
function start({ starts_at }: CalendarEvent): number {
  return Date.parse(starts_at.length > 10 ? starts_at : `${starts_at}T00:00:00`);
}

function NewEvent({ cos, close }: { cos: MicroCos; close: () => void }) {
  const [title, setTitle] = useState('');
  const [date, setDate] = useState('');
  const [time, setTime] = useState('');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    if (title.trim() === '' || date === '') return;
    const starts_at = time ? new Date(`${date}T${time}`).toISOString() : date;
    cos.addCalendarEvent({ title: title.trim(), starts_at });
    close();
  };
  return (
    <form class="form" aria-label="New calendar entry" onSubmit={submit}>
      <div class="field">
        <label for="event-title">What</label>
        <input
          id="event-title"
          ref={first}
          value={title}
          maxLength={500}
          required
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
      </div>
      <div class="pair">
        <div class="field">
          <label for="event-date">Day</label>
          <input id="event-date" type="date" value={date} required onInput={(event) => setDate(event.currentTarget.value)} />
        </div>
        <div class="field">
          <label for="event-time">
            Time <span class="hint">optional</span>
          </label>
          <input id="event-time" type="time" value={time} onInput={(event) => setTime(event.currentTarget.value)} />
        </div>
      </div>
      <div class="buttons">
        <button type="submit" class="primary">
          Add
        </button>
        <button type="button" class="quiet" onClick={close}>
          Leave it
        </button>
      </div>
    </form>
  );
}
