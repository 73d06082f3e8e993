import type { CommandType } from 'auxilio';
import { useEffect, useRef } from 'preact/hooks';
import type { Entered } from '../../ui/host.ts';
import { usePhone } from './app.tsx';

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
  const first = useRef(entered);
  useEffect(() => {
    drafts.list(visitId).then((kept) => {
      const draft = kept.find((one) => one.draftId === draftId);
      if (draft !== undefined) restore(draft.data as Entered);
      state.current.isRestored = true;
    }, console.error);
  }, [draftId]);
  useEffect(() => {
    if (!state.current.isRestored || entered === first.current) return;
    const timer = setTimeout(() => {
      const { isEnded, saving } = state.current;
      if (isEnded) return;
      const save = () => drafts.save({ draftId, visitId, type, data: entered });
      state.current.saving = saving.then(save).then(() => undefined, console.error);
    }, 400);
    return () => clearTimeout(timer);
  }, [entered]);
  return async () => {
    state.current.isEnded = true;
    await state.current.saving;
    await drafts.remove(draftId);
  };
}
