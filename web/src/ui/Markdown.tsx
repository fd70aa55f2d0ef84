import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { parseMarkdown, type Block, type Inline } from './parseMarkdown';

/** An answer's text as elements. Nothing in it is ever taken as HTML. */
export function Markdown({ text }: { text: string }) {
  const parsed = useMemo(() => parseMarkdown(text), [text]);
  return <div class="prose">{parsed.map(block)}</div>;
}

function block(b: Block): ComponentChildren {
  switch (b.kind) {
    case 'paragraph':
      return <p>{b.children.map(inline)}</p>;
    case 'heading':
      return b.level < 3 ? <h3>{b.children.map(inline)}</h3> : <h4>{b.children.map(inline)}</h4>;
    case 'code':
      return (
        <pre tabIndex={0}>
          <code>{b.text}</code>
        </pre>
      );
    case 'quote':
      return <blockquote>{b.children.map(block)}</blockquote>;
    case 'list':
      return b.ordered ? (
        <ol start={b.start}>{b.items.map(item)}</ol>
      ) : (
        <ul>{b.items.map(item)}</ul>
      );
    case 'table':
      return (
        <div class="table" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {b.head.map((cell) => (
                  <th scope="col">{cell.map(inline)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {b.rows.map((row) => (
                <tr>
                  {row.map((cell) => (
                    <td>{cell.map(inline)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case 'rule':
      return <hr />;
  }
}

/** The running text of an item needs no paragraph around it. */
function item(content: Block[]): ComponentChildren {
  return <li class={ticked(content) ? 'tick' : ''}>{content.map((b) => (b.kind === 'paragraph' ? <span>{b.children.map(inline)}</span> : block(b)))}</li>;
}

function ticked([first]: Block[]): boolean {
  const start = first?.kind === 'paragraph' ? first.children[0] : undefined;
  return start?.kind === 'text' && /^[☐☑]/.test(start.text);
}

function inline(i: Inline): ComponentChildren {
  switch (i.kind) {
    case 'text':
      return i.text;
    case 'code':
      return <code>{i.text}</code>;
    case 'break':
      return <br />;
    case 'strong':
      return <strong>{i.children.map(inline)}</strong>;
    case 'em':
      return <em>{i.children.map(inline)}</em>;
    case 'del':
      return <del>{i.children.map(inline)}</del>;
    case 'link':
      return (
        <a href={i.href} target="_blank" rel="noopener noreferrer nofollow">
          {i.children.map(inline)}
        </a>
      );
  }
}
