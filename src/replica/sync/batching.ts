/** The next commands of a visit that go together. */
import type { Instant } from '../../messages/index.ts';
import { exceedsBytes, LIMITS } from '../../wire/limits.ts';
import type { Copy, Queued } from '../copies/copy.ts';
import { isDue } from './trying.ts';

/** True for a command that is withheld only until its photographs are taken: it keeps its place among the others. */
const isHeldForPhotos = ({ withheld }: Queued): boolean => withheld?.reason === 'photos-refused';

/** The commands that can be sent now, in their order: those that wait, and those withheld for photographs that are offered again. */
export const readyCommands = ({ queue }: Copy, now: Instant): readonly Queued[] =>
  queue.filter((queued) => queued.withheld === undefined || (isHeldForPhotos(queued) && isDueAgain(queued, now)));

const isDueAgain = ({ withheld }: Queued, now: Instant) => withheld?.tried !== undefined && isDue(withheld.tried, now);

/**
 * The next commands that can go together: of one `basedOn`, within the limits. What was withheld and is tried again goes alone, after
 * all others.
 */
export function nextBatch(copy: Copy, most: number, now: Instant): readonly Queued[] {
  const ready = readyCommands(copy, now);
  if (ready.length === 0) return copy.queue.filter((queued) => isDueAgain(queued, now)).slice(0, 1);
  const batch: Queued[] = [];
  let characters = 2;
  for (const queued of ready) {
    characters += JSON.stringify(queued.command).length + 1;
    // A character has three bytes at most.
    const isFull = characters * 3 > LIMITS.batchBytes && exceedsBytes(textOf([...batch, queued]), LIMITS.batchBytes);
    if (batch.length > 0 && (queued.basedOn !== batch[0]?.basedOn || batch.length >= most || isFull)) break;
    batch.push(queued);
  }
  return batch;
}

const textOf = (batch: readonly Queued[]) => JSON.stringify(batch.map(({ command }) => command));
