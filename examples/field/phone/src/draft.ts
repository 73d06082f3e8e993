import type { CommandType } from 'auxilio';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
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

/** Keeps what was entered so far on the disk, and finds it again. The answer ends it, once the act is recorded. */
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
  function save() {
    const data = unsaved.current;
    if (data === null || state.current.isEnded) return;
    unsaved.current = null;
    const write = () => drafts.save({ draftId, visitId, type, data });
    state.current.saving = state.current.saving.then(write).then(() => undefined, console.error);
  }
  useEffect(() => {
    drafts.list(visitId).then((kept) => {
      const draft = kept.find((one) => one.draftId === draftId && isUnfinished(one));
      state.current.isRestored = true;
      // Until now a person may have typed, too.
      if (draft === undefined) save();
      else restore({ ...(draft.data as Entered), ...changes(first.current, unsaved.current) });
    }, console.error);
    // What was entered right before the form is left.
    return save;
  }, [draftId]);
  // At once: a form may be left before the next frame.
  useLayoutEffect(() => {
    if (entered === first.current) return;
    unsaved.current = entered;
    if (!state.current.isRestored) return;
    const timer = setTimeout(save, 400);
    return () => clearTimeout(timer);
  }, [entered]);
  return async () => {
    state.current.isEnded = true;
    ended.add(draftId);
    await state.current.saving;
    await new Promise((resolve) => setTimeout(resolve, removalMs));
    await drafts.remove(draftId);
    ended.delete(draftId);
  };
}
