/** Drafts: acts that still lack a call or a datum, kept with the moment at which they were touched. */
import type { Id, Instant } from '../messages/index.ts';
import type { ReplicaStore } from '../stores/replica-store.ts';
import type { Json } from '../util/json.ts';
import type { Roomy } from './device/room.ts';
import { retryOnConflict } from './device/turns.ts';

/** An act that is not complete. `data` is whatever the form has so far. @since 0.5.0 */
export type Draft = Readonly<{ draftId: Id; visitId: Id; type: string; data: Json; touchedAt: Instant }>;

/** The drafts of a replica; they survive the end of the application. @since 0.5.0 */
export type ReplicaDrafts = Readonly<{
  /** Keeps a draft, durably. `touchedAt` is now for a new one, and stays. */
  save(draft: Readonly<{ draftId: Id; visitId: Id; type: string; data: Json }>): Promise<Draft>;
  /** Lists the drafts, of one visit or of all, in the order in which they were touched first. */
  list(visitId?: Id): Promise<readonly Draft[]>;
  remove(draftId: Id): Promise<void>;
}>;

type Host = Readonly<{ store: ReplicaStore; roomy: Roomy; now: () => Instant }>;

export function createDrafts({ store, roomy, now }: Host, group: string): ReplicaDrafts {
  const all = async () => {
    const { revision, records } = await store.readGroup(group);
    const drafts = [...records.values()].map((text): Draft => JSON.parse(text));
    return { revision, drafts };
  };

  const write = <T>(change: (drafts: readonly Draft[]) => { draftId: Id; text: string | null; answer: T }) =>
    retryOnConflict(async () => {
      const { revision, drafts } = await all();
      const { draftId, text, answer } = change(drafts);
      await roomy(() => store.writeGroup(group, revision, { [draftId]: text }));
      return answer;
    });

  return {
    save: (draft) =>
      write((drafts) => {
        const { draftId, visitId, type, data } = draft;
        if ([draftId, visitId, type].some((text) => typeof text !== 'string' || text === '')) {
          throw new TypeError('save takes { draftId, visitId, type, data }');
        }
        const touchedAt = drafts.find((one) => one.draftId === draftId)?.touchedAt ?? now();
        const answer: Draft = { draftId, visitId, type, data, touchedAt };
        return { draftId, text: JSON.stringify(answer), answer };
      }),
    async list(visitId) {
      const { drafts } = await all();
      const wanted = drafts.filter((draft) => visitId === undefined || draft.visitId === visitId);
      return wanted.sort((one, other) => (one.touchedAt < other.touchedAt ? -1 : 1));
    },
    remove: (draftId) => write(() => ({ draftId, text: null, answer: undefined })),
  };
}
