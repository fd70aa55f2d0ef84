import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Down } from './icons';

interface Props {
  /** What may have grown; a new value lets the end be followed. */
  watch: unknown;
  /** What stands first; when that changes, what is being read stays where it is. */
  first: unknown;
  active: boolean;
  /** The reader comes near the beginning of what is there. */
  nearTop: () => void;
  children: ComponentChildren;
}

const AT_END_PIXELS = 80;
const NEAR_TOP_PIXELS = 400;

/** Keeps the newest in sight while the reader is at the end, and offers the way back when they are not. */
export function Scroll({ watch, first, active, nearTop, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const height = useRef(0);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = () => {
    box.current!.scrollTop = box.current!.scrollHeight;
  };
  const scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!;
    if (clientHeight === 0) return;
    following.current = scrollHeight - scrollTop - clientHeight < AT_END_PIXELS;
    setAtEnd(following.current);
    if (scrollTop < NEAR_TOP_PIXELS) nearTop();
  };
  useLayoutEffect(() => {
    const { scrollHeight } = box.current!;
    if (!following.current) box.current!.scrollTop += scrollHeight - height.current;
    height.current = scrollHeight;
  }, [first]);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => {
      height.current = box.current!.scrollHeight;
      if (following.current) toEnd();
    });
    observer.observe(content.current!);
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (active && following.current) toEnd();
    if (active && box.current!.scrollTop < NEAR_TOP_PIXELS) nearTop();
  }, [watch, active]);

  return (
    <div class="reading">
      <div class="scroll" ref={box} onScroll={scrolled} tabIndex={0} role="region" aria-label="Conversation so far">
        <div class="column" ref={content}>
          {children}
        </div>
      </div>
      {!atEnd && (
        <button type="button" class="to-end" onClick={toEnd}>
          <Down /> Newest
        </button>
      )}
    </div>
  );
}
