import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

type FoldedProps = Readonly<{ title: string; kind?: string; children: () => ComponentChildren }>;

/** A part of a screen that is made when the user opens it: most screens are left with it closed. */
export function Folded({ title, kind = '', children }: FoldedProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class={kind} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && children()}
    </details>
  );
}
