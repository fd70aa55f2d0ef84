import { useEffect, useRef, useState } from 'preact/hooks';
import type { MicroCos } from '../client/microcos';

/** Tells a screen reader what the eye sees happen: answers when they are whole, what waits for the person, and the connection. */
export function Announcer({ cos }: { cos: MicroCos }) {
  const [said, setSaid] = useState('');
  const streaming = useRef(new Set<string>());
  const messages = cos.state.value.messages;
  useEffect(() => {
    for (const [id, message] of Object.entries(messages ?? {})) {
      if (message.role !== 'assistant') continue;
      if (message.status === 'streaming') {
        streaming.current.add(id);
      } else if (streaming.current.delete(id)) {
        if (message.status === 'complete') setSaid(`Micro CoS: ${message.text ?? ''}`);
        else if (message.status === 'cancelled') setSaid('The answer was stopped.');
        else setSaid(message.text ? `The answer broke off: ${message.text}` : 'No answer came.');
      }
    }
  }, [messages]);

  const questions = Object.keys(cos.state.value.questions ?? {}).length;
  const asked = useRef(0);
  useEffect(() => {
    if (questions > asked.current) setSaid(`${questions} waiting for your answer in Runs.`);
    asked.current = questions;
  }, [questions]);

  const connection = cos.connection.value;
  const wasOffline = useRef(false);
  useEffect(() => {
    if (connection === 'offline') setSaid('Offline. What you write is kept and sent later.');
    else if (connection === 'live' && wasOffline.current) setSaid('Back online.');
    if (connection !== 'connecting') wasOffline.current = connection === 'offline';
  }, [connection]);

  return (
    <div class="unseen" role="status" aria-live="polite">
      {said}
    </div>
  );
}
