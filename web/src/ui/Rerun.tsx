import { useEffect, useMemo, useState } from 'preact/hooks';
import { uuidV7 } from '../client/ids';
import type { MicroCos } from '../client/microcos';
import { isOver, type Run } from '../client/runTypes';
import { go } from './route';

interface Props {
  cos: MicroCos;
  id: string;
  run: Run;
}

type Asked = '' | 'cancel' | 'rerun';

/** What can be done with a whole run: cancel it while it goes on, then run it again from anywhere. Each is asked for twice. */
export function Rerun({ cos, id, run }: Props) {
  const [asked, setAsked] = useState<Asked>('');
  const [fault, setFault] = useState('');
  const over = isOver(run.status);
  useEffect(() => {
    if (over && asked === 'cancel') setAsked('');
  }, [over]);
  const act = async (work: () => Promise<void>) => {
    setFault('');
    try {
      await work();
    } catch (failure) {
      setFault((failure as Error).message);
    }
  };
  const cancel = () => act(() => cos.runs.cancel(id)).then(() => setAsked(''));

  return (
    <div class="doing">
      {asked === '' && (
        <p class="buttons">
          {over ? (
            <button type="button" class="quiet strong" onClick={() => setAsked('rerun')}>
              Run again
            </button>
          ) : (
            <button type="button" class="quiet danger" onClick={() => setAsked('cancel')}>
              Cancel
            </button>
          )}
        </p>
      )}
      {asked === 'cancel' && (
        <p class="card buttons" role="group" aria-label="Cancel this run?">
          <span class="spread">Cancel this run? What it has done stays done.</span>
          <button type="button" class="primary" onClick={() => void cancel()}>
            Cancel the run
          </button>
          <button type="button" class="quiet" onClick={() => setAsked('')}>
            Let it go on
          </button>
        </p>
      )}
      {asked === 'rerun' && <Again cos={cos} id={id} run={run} close={() => setAsked('')} act={act} />}
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

interface AgainProps extends Props {
  close: () => void;
  act: (work: () => Promise<void>) => Promise<void>;
}

/** From where, what that runs again and what it keeps, and the button that does it. */
function Again({ cos, id, run, close, act }: AgainProps) {
  const steps = Object.values(run.steps ?? {}).sort((a, b) => a.order - b.order);
  const names = [...new Set(steps.filter((step) => step.index === undefined).map((step) => step.name))];
  const failed = run.error?.step_id ? run.steps?.[run.error.step_id]?.name : undefined;
  const [from, setFrom] = useState(failed && names.includes(failed) ? failed : '');
  const [preview, setPreview] = useState<{ runs_again?: string[]; keeps?: string[] }>();
  const actionId = useMemo(() => uuidV7(), [from]);
  useEffect(() => {
    let wanted = true;
    setPreview(undefined);
    void act(async () => {
      const found = await cos.runs.preview(id, from);
      if (wanted) setPreview(found);
    });
    return () => (wanted = false);
  }, [from]);
  const again = () => act(async () => go(`runs/${await cos.runs.rerun(id, from, actionId)}`));

  return (
    <div class="card form" role="group" aria-label="Run again">
      <div class="field">
        <label for="from">From</label>
        <select id="from" value={from} onChange={(event) => setFrom(event.currentTarget.value)}>
          <option value="">the beginning</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {preview && (
        <dl>
          <dt>Runs again</dt>
          <dd>{preview.runs_again?.join(', ') || 'all of it'}</dd>
          {(preview.keeps?.length ?? 0) > 0 && (
            <>
              <dt>Keeps</dt>
              <dd>{preview.keeps!.join(', ')}</dd>
            </>
          )}
        </dl>
      )}
      <p class="buttons">
        <button type="button" class="primary" disabled={!preview} onClick={() => void again()}>
          Run again
        </button>
        <button type="button" class="quiet" onClick={close}>
          Leave it
        </button>
      </p>
    </div>
  );
}
