/** The outcomes of acts at the server, read from the copies, whichever tab or process sent the acts. */
import type { Id, VisitCommand } from '../messages/index.ts';
import type { FirstOutcome } from '../reconciling/batch.ts';
import { recordedUnder } from '../reconciling/repeats.ts';
import { idOf, readable } from './copies/confirming.ts';
import { type Copies, readCopy } from './copies/copies.ts';
import type { Copy, Withheld } from './copies/copy.ts';

/**
 * The fate of an act: what the server made of it (`accepted` at a position of the log, the `twin` of an event, or `refused` by its rules,
 * and reported), or `withheld`, for whatever reason, though it may be sent again; `undone`; or `unknown`, the replica was closed before.
 *
 * @since 0.5.0
 */
export type ActOutcome =
  | FirstOutcome
  | Readonly<{ outcome: 'withheld'; withheld: Withheld }>
  | Readonly<{ outcome: 'undone' | 'unknown' }>;

type Watched = Readonly<{ visitId: Id; resolve: (outcome: ActOutcome) => void }>;

/** Watches the fate of an act; the answer never rejects, and resolves at the latest when the replica is closed. */
export type WatchOutcome = (command: VisitCommand) => Promise<ActOutcome>;

type OnChange = (listener: (change: Readonly<{ visitId: Id | null }>) => void) => unknown;

export function createOutcomes(copies: Copies, onChange: OnChange, ended: AbortSignal): WatchOutcome {
  const watched = new Map<Id, Watched[]>();

  function settle(commandId: Id, outcome: ActOutcome): void {
    for (const { resolve } of watched.get(commandId) ?? []) resolve(outcome);
    watched.delete(commandId);
  }

  async function look(visitId: Id): Promise<void> {
    const ofVisit = [...watched].filter(([, watchers]) => watchers.some((one) => one.visitId === visitId));
    if (ofVisit.length === 0) return;
    // A copy that cannot be read now is read after the next change.
    const copy = await readCopy(copies, visitId).catch(() => null);
    if (copy === null) return;
    for (const [commandId] of ofVisit) {
      const outcome = outcomeIn(copy, commandId);
      if (outcome !== null) settle(commandId, outcome);
    }
  }

  onChange(({ visitId }) => {
    if (visitId !== null) void look(visitId);
  });
  ended.addEventListener('abort', () => {
    for (const commandId of [...watched.keys()]) settle(commandId, { outcome: 'unknown' });
  });

  return ({ metadata: { commandId = '' }, data: { visitId } }) =>
    new Promise((resolve) => {
      if (ended.aborted) return resolve({ outcome: 'unknown' });
      watched.set(commandId, [...(watched.get(commandId) ?? []), { visitId, resolve }]);
      void look(visitId);
    });
}

/** Reads the outcome of an act from a copy; null while it waits. */
function outcomeIn({ queue, events, own }: Copy, commandId: Id): ActOutcome | null {
  const queued = queue.find((one) => idOf(one) === commandId);
  if (queued?.withheld !== undefined) return { outcome: 'withheld', withheld: queued.withheld };
  if (queued !== undefined) return null;
  const [found] = recordedUnder(commandId, { log: readable([...events, ...own]), reported: [] });
  return found?.outcome ?? { outcome: 'undone' };
}
