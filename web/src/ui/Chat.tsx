import { useEffect, useRef, useState } from 'preact/hooks';
import type { MicroCos } from '../client/microcos';
import type { Message } from '../client/types';
import { Composer } from './Composer';
import { MessageView } from './MessageView';
import { Notices } from './Notices';
import { messagesInOrder } from './order';
import { Scroll } from './Scroll';
import { dateOf, dayName } from './time';
import { Welcome } from './Welcome';

const DRAFT = 'microcos.draft';

/** The conversation and the place to write. */
export function Chat({ cos, active }: { cos: MicroCos; active: boolean }) {
  const messages = messagesInOrder(cos.messages.value);
  const answering = messages.find(([, m]) => m.role === 'assistant' && isOpen(m))?.[0];
  const [draft, setDraft] = useState(() => sessionStorage.getItem(DRAFT) ?? '');
  useEffect(() => sessionStorage.setItem(DRAFT, draft), [draft]);
  useRefused(cos, draft, setDraft);
  const stop = answering === undefined ? undefined : () => cos.stopAnswer(answering);
  useEscape(active ? stop : undefined, answering);

  return (
    <>
      <Scroll
        watch={messages.length}
        first={messages[0] && cos.keyOf(messages[0][0])}
        active={active}
        nearTop={() => cos.history.earlier.value === 'more' && cos.goBack()}
      >
        <Earlier cos={cos} />
        {messages.length === 0 && cos.loaded.value && <Welcome say={(text) => cos.say(text)} />}
        {messages.length === 0 && !cos.loaded.value && <p class="waiting">Opening your conversation…</p>}
        {messages.length > 0 && (
          <ol class="messages" aria-label="Conversation">
            {messages.map(([id, message], i) => (
              <MessageView
                key={cos.keyOf(id)}
                cos={cos}
                id={id}
                message={message}
                day={newDay(message, messages[i - 1]?.[1])}
                waits={isOpen(message) && id !== answering}
                edit={(text) => setDraft((now) => (now === '' ? text : `${text}\n${now}`))}
              />
            ))}
          </ol>
        )}
      </Scroll>
      <div class="dock">
        <Notices cos={cos} draft={draft} setDraft={setDraft} />
        <Composer
          draft={draft}
          setDraft={setDraft}
          say={(text) => cos.say(text)}
          stop={stop}
          stopping={answering !== undefined && cos.stopping.value.has(answering)}
        />
      </div>
    </>
  );
}

/** What goes on above the oldest message in sight. */
function Earlier({ cos }: { cos: MicroCos }) {
  const earlier = cos.history.earlier.value;
  if (earlier === 'loading') return <p class="earlier">Reading what was said before…</p>;
  if (earlier !== 'failed') return null;
  return (
    <p class="earlier" role="alert">
      What was said before could not be read.
      <button type="button" class="quiet" onClick={() => cos.goBack()}>
        Try again
      </button>
    </p>
  );
}

/** Not at its end yet. */
function isOpen(message: Message): boolean {
  return message.status === 'streaming' || message.status === 'pending';
}

/** A refused text comes back into the empty composer; if something else stands there, the notice offers it. */
function useRefused(cos: MicroCos, draft: string, setDraft: (text: string) => void): void {
  const returned = useRef(0);
  const refused = cos.notices.value.findLast((n) => n.giveBack !== undefined);
  useEffect(() => {
    if (!refused || refused.id <= returned.current) return;
    returned.current = refused.id;
    if (draft === '') setDraft(refused.giveBack ?? '');
  }, [refused]);
}

/** Esc stops the answer, unless something else took the key. */
function useEscape(stop: (() => void) | undefined, answering: string | undefined): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) stop?.();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [answering, stop === undefined]);
}

/** The name of a message's day, if it is the first of that day. */
function newDay(message: Message, before: Message | undefined): string | undefined {
  if (!message.at) return undefined;
  const date = dateOf(message.at);
  return before?.at && dateOf(before.at) === date ? undefined : dayName(date);
}
