/** Tasks of one visit run one at a time, in the order in which they were asked for. */
import type { Id } from '../../messages/index.ts';

export type Turns = <T>(visitId: Id, task: () => Promise<T>) => Promise<T>;

export function createTurns(): Turns {
  const last = new Map<Id, Promise<unknown>>();
  return (visitId, task) => {
    const turn = (last.get(visitId) ?? Promise.resolve()).then(task);
    const settled = turn.catch(() => undefined);
    last.set(visitId, settled);
    void settled.then(() => {
      if (last.get(visitId) === settled) last.delete(visitId);
    });
    return turn;
  };
}
