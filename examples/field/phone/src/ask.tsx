import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

type AskProps = Readonly<{ question: string; leave: () => void; children: ComponentChildren }>;

/** A question that has to be answered before all else: its first answer has the focus, which goes back when it is left. */
export function Ask({ question, leave, children }: AskProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.querySelector('button')?.focus();
    return () => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, []);
  return (
    <div
      ref={box}
      class="ask"
      role="alertdialog"
      aria-label={question}
      onKeyDown={({ key }) => {
        if (key === 'Escape') leave();
      }}
    >
      <p>{question}</p>
      {children}
    </div>
  );
}
