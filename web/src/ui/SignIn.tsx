import { Mark } from './icons';

interface Props {
  /** What went wrong, if something did. */
  problem?: string | undefined;
  button: string;
  act: () => void;
}

/** The page of somebody who is not signed in, or cannot be. */
export function SignIn({ problem, button, act }: Props) {
  return (
    <main class="door">
      <span class="welcome-mark">
        <Mark size={44} />
      </span>
      <h1>Micro CoS</h1>
      <p>Your chief of staff: a conversation, and your tasks beside it.</p>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <button type="button" class="primary" onClick={act}>
        {button}
      </button>
    </main>
  );
}
