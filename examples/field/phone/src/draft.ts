import type { CommandType } from 'auxilio';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Entered } from '../../ui/host.ts';
import { usePhone } from './app.tsx';
import type { Authority } from './despite.tsx';
import type { EnteredTime } from './when.tsx';

/** All that is typed in the form of an act. */
type Typed = Readonly<{ entered: Entered; at: EnteredTime; despite: Authority }>;

export const draftOf = ({ entered, at, despite }: Typed): Entered => ({
  ...entered,
  ...(at !== null && { at: [at] }),
  'despite.by': [despite.by],
  'despite.reason': [despite.reason],
});

export function typedIn({ at, 'despite.by': by, 'despite.reason': reason, ...entered }: Entered): Typed {
  return { entered, at: at?.[0] ?? null, despite: { by: by?.[0] ?? '', reason: reason?.[0] ?? '' } };
}

/** The drafts whose acts are recorded, and which are still on the disk. */
const ended = new Set<string>();

/** True for a draft that is still to be completed. */
export const isUnfinished = ({ draftId }: Readonly<{ draftId: string }>): boolean => !ended.has(draftId);

/** The time after which a draft is removed whose act is recorded, in milliseconds: the next screen is painted before. */
const removalMs = 100;

/** The fields that are another now. */
const changes = (before: Entered, after: Entered | null): Entered =>
  Object.fromEntries(Object.entries(after ?? {}).filter(([name, values]) => `${values}` !== `${before[name] ?? []}`));

/**
 * The key under which `localStorage` has at once what was entered: a draft is saved some time after a key, and a page may be reloaded before.
 */
const typedKey = (draftId: string) => `typed/${usePhone().actorId}/${draftId}`;

/** Removes what was typed in the forms of a visit. */
export function forgetTyped(actorId: string, visitId: string): void {
  const prefix = `typed/${actorId}/${visitId}-`;
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}

function readTyped(key: string): Entered | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

function keepTyped(key: string, data: Entered): void {
  try {
    localStorage.setItem(key, JSON.stringify(data));
  } catch {
    // Without room for it, the draft that is saved is enough.
  }
}

/** Removes what was saved meanwhile. */
function dropTyped(key: string, saved: Entered): void {
  if (localStorage.getItem(key) === JSON.stringify(saved)) localStorage.removeItem(key);
}

/** Keeps what was entered so far, to the last key, and finds it again. The answer ends it, once the act is recorded. */
export function useDraft(
  draftId: string,
  visitId: string,
  type: CommandType,
  entered: Entered,
  restore: (entered: Entered) => void,
): () => Promise<void> {
  const { drafts } = usePhone().replica;
  const state = useRef({ isRestored: false, isEnded: false, saving: Promise.resolve() });
  const unsaved = useRef<Entered | null>(null);
  const first = useRef(entered);
  const [key] = useState(() => typedKey(draftId));
  function save() {
    const data = unsaved.current;
    if (data === null || state.current.isEnded) return;
    unsaved.current = null;
    const write = () => drafts.save({ draftId, visitId, type, data }).then(() => dropTyped(key, data));
    state.current.saving = state.current.saving.then(write).then(() => undefined, console.error);
  }
  useEffect(() => {
    const typed = readTyped(key);
    drafts.list(visitId).then((kept) => {
      const draft = kept.find((one) => one.draftId === draftId && isUnfinished(one));
      const before = typed ?? (draft?.data as Entered | undefined);
      state.current.isRestored = true;
      // Until now a person may have typed, too.
      if (before === undefined) save();
      else restore({ ...before, ...changes(first.current, unsaved.current) });
    }, console.error);
    // What was entered right before the form is left.
    return save;
  }, [draftId]);
  // At once: a form may be left before the next frame.
  useLayoutEffect(() => {
    if (entered === first.current) return;
    unsaved.current = entered;
    keepTyped(key, entered);
    if (!state.current.isRestored) return;
    const timer = setTimeout(save, 400);
    return () => clearTimeout(timer);
  }, [entered]);
  return async () => {
    state.current.isEnded = true;
    localStorage.removeItem(key);
    ended.add(draftId);
    await state.current.saving;
    await new Promise((resolve) => setTimeout(resolve, removalMs));
    await drafts.remove(draftId);
    ended.delete(draftId);
  };
}
