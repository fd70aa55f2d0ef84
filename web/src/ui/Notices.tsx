import type { MicroCos } from '../client/microcos';
import { Close } from './icons';

interface Props {
  cos: MicroCos;
  draft: string;
  setDraft: (text: string) => void;
}

/** What went wrong, in a sentence each, with the way to get a refused text back. */
export function Notices({ cos, draft, setDraft }: Props) {
  return (
    <div class="notices" role="alert">
      {cos.notices.value.slice(-3).map((notice) => (
        <p class="notice" key={notice.id}>
          <span>{notice.giveBack === undefined ? notice.text : `Not sent. ${notice.text}`}</span>
          {notice.giveBack !== undefined && draft !== notice.giveBack && (
            <button type="button" class="quiet" onClick={() => setDraft(notice.giveBack!)}>
              Put it back
            </button>
          )}
          <button type="button" class="icon" aria-label="Dismiss" onClick={() => cos.dismissNotice(notice.id)}>
            <Close />
          </button>
        </p>
      ))}
    </div>
  );
}
