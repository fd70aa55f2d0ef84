import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  title: string;
  /** What leads back. */
  above?: ComponentChildren;
  /** Beside the title. */
  aside?: ComponentChildren;
  children: ComponentChildren;
}

/** A part of the page of its own. Its title has the focus when it opens, so that a screen reader begins there. */
export function Screen({ title, above, aside, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    document.title = `${title} · Micro CoS`;
    return () => {
      document.title = 'Micro CoS';
    };
  }, [title]);
  return (
    <div class="screen">
      <div class="sheet">
        {above && <p class="above">{above}</p>}
        <div class="title">
          <h2 ref={heading} tabIndex={-1}>
            {title}
          </h2>
          {aside}
        </div>
        {children}
      </div>
    </div>
  );
}
