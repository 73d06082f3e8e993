import type { JSX } from 'preact';

/** A view of the playground: its name in the address, and its component, loaded when it is first shown. */
type View = Readonly<{ id: ViewId; load: () => Promise<() => JSX.Element> }>;

export type ViewId = 'visit' | 'writers' | 'diagram' | 'file';

export const views: readonly View[] = [
  { id: 'visit', load: async () => (await import('./visit/index.tsx')).PlayedVisit },
  { id: 'writers', load: async () => (await import('./writers/index.tsx')).TwoWriters },
  { id: 'diagram', load: async () => (await import('./diagram/index.tsx')).StateDiagram },
  { id: 'file', load: async () => (await import('./file/index.tsx')).OwnFile },
];
