import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { MicroCos } from '../client/microcos';
import type { Screens } from './screens';

const screens = signal<Screens | undefined>(undefined);
const failed = signal(false);

/** Loads the script of the screens beside the conversation, which the first sight of the page does without. */
export function loadMore(): void {
  if (screens.value) return;
  failed.value = false;
  import('./screens').then(
    (loaded) => (screens.value = loaded.SCREENS),
    () => (failed.value = true),
  );
}

/** One of those screens, once its script is here. */
export function More({ cos, part, name }: { cos: MicroCos; part: string; name: string | undefined }) {
  useEffect(loadMore, []);
  const draw = screens.value?.[part];
  if (draw) return <>{draw(cos, name)}</>;
  return (
    <p class="waiting" role={failed.value ? 'alert' : undefined}>
      {failed.value ? 'This part of the page could not be loaded. ' : 'Opening…'}
      {failed.value && (
        <button type="button" class="quiet strong" onClick={() => location.reload()}>
          Load the page again
        </button>
      )}
    </p>
  );
}
