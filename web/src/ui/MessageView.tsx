import type { MicroCos } from '../client/microcos';
import type { Message } from '../client/types';
import { Markdown } from './Markdown';
import { clock } from './time';

interface Props {
  cos: MicroCos;
  id: string;
  message: Message;
  /** The name of its day, if it is the first of it. */
  day: string | undefined;
  /** Its turn has not come: an earlier answer is still being given. */
  waits: boolean;
  edit: (text: string) => void;
}

/** One message: the person's in a quiet bubble, the chief of staff's as plain text. */
export function MessageView(props: Props) {
  const { message, day } = props;
  const settled = message.status !== 'streaming' && message.status !== 'pending';
  return (
    <li class={`message ${message.role}`} data-status={message.status} data-id={props.id}>
      {day && <p class="day">{day}</p>}
      <span class="unseen">{message.role === 'user' ? 'You: ' : 'Micro CoS: '}</span>
      {message.role === 'user' ? <Said {...props} /> : <Answer {...props} />}
      {message.at && settled && (
        <time class="at" dateTime={message.at}>
          {clock(message.at)}
        </time>
      )}
    </li>
  );
}

function Said({ cos, id, message, edit }: Props) {
  const action = cos.actionOf(id);
  const stuck = action && action.status !== 'accepted' && action.reason !== undefined;
  return (
    <>
      <div class="bubble">{message.text}</div>
      {action && action.status !== 'accepted' && !stuck && <p class="fate sending">Sending…</p>}
      {stuck && (
        <p class={`fate ${action.status}`}>
          {action.status === 'failed' ? `Not sent. ${action.reason}` : action.reason}
          <button type="button" class="quiet" onClick={() => cos.retrySend(action.id)}>
            Try again
          </button>
          <button type="button" class="quiet" onClick={() => edit(cos.discard(action.id) ?? '')}>
            Take back
          </button>
        </p>
      )}
    </>
  );
}

function Answer({ cos, id, message, waits }: Props) {
  const text = message.text || cos.streamed(id).value;
  return (
    <>
      {text && <Markdown text={text} />}
      {(message.status === 'streaming' || message.status === 'pending') && !text && (
        <p class="thinking">
          <i />
          <i />
          <i />
          <span class={waits ? '' : 'unseen'}>{waits ? 'Waits its turn' : 'Thinking'}</span>
        </p>
      )}
      {(message.status === 'cancelled' || message.status === 'failed') && (
        <p class={`fate ${message.status}`}>
          {message.status === 'failed' ? failure(text, message.failure?.detail) : 'Stopped.'}
          <button type="button" class="quiet" onClick={() => cos.answerAgain(id)}>
            Answer again
          </button>
        </p>
      )}
    </>
  );
}

function failure(text: string, why: string | undefined): string {
  const what = text ? 'The answer broke off' : 'No answer came';
  return why ? `${what}: ${why.replace(/\.?$/, '.')}` : `${what}.`;
}
