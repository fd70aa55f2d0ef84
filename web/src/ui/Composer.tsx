import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Send, Stop } from './icons';

interface Props {
  draft: string;
  setDraft: (text: string) => void;
  say: (text: string) => void;
  /** Stops the answer that is being given; undefined if none is. */
  stop: (() => void) | undefined;
  stopping: boolean;
}

/** Where the person writes. Enter sends, Shift+Enter makes a new line. */
export function Composer({ draft, setDraft, say, stop, stopping }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = field.current!;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [draft]);
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);

  const send = () => {
    if (draft.trim() === '') return;
    say(draft.trim());
    setDraft('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    send();
  };

  return (
    <form class="composer" onSubmit={submit}>
      <textarea
        ref={field}
        rows={1}
        value={draft}
        placeholder="Say what you need"
        aria-label="Message"
        aria-describedby="keys"
        onInput={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span id="keys" class="unseen">
        Enter sends, Shift and Enter makes a new line, Escape stops an answer.
      </span>
      {stop && (
        <button type="button" class="round stop" aria-label="Stop the answer" disabled={stopping} onClick={stop}>
          <Stop />
        </button>
      )}
      {(!stop || draft.trim() !== '') && (
        <button type="submit" class="round send" aria-label="Send" disabled={draft.trim() === ''}>
          <Send />
        </button>
      )}
    </form>
  );
}
