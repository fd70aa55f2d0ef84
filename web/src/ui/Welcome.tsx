import { Mark } from './icons';

const EXAMPLES = ['Plan my day', 'What is due today?', 'Make a checklist: passport, tickets, charger'];

/** What this is, and three things to try, for somebody who has said nothing yet. */
export function Welcome({ say }: { say: (text: string) => void }) {
  return (
    <div class="welcome">
      <span class="welcome-mark">
        <Mark size={40} />
      </span>
      <h2>What can I take off your hands?</h2>
      <p>
        Micro CoS is your chief of staff. Say what you need and it answers as you watch. It knows the tasks beside the
        conversation, and all of it is the same on every screen you open.
      </p>
      <ul class="examples" aria-label="Examples">
        {EXAMPLES.map((text) => (
          <li key={text}>
            <button type="button" onClick={() => say(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
