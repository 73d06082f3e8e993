/** Tasks of one visit run one at a time, in the order in which they were asked for. */
import type { Id } from '../../messages/index.ts';

export type Turns = <T>(visitId: Id, task: () => Promise<T>) => Promise<T>;

export function createTurns(): Turns {
  const last = new Map<Id, Promise<void>>();
  return (visitId, task) => {
    const turn = (last.get(visitId) ?? Promise.resolve()).then(task);
    const end = () => {
      if (last.get(visitId) === ended) last.delete(visitId);
    };
    const ended = turn.then(end, end);
    last.set(visitId, ended);
    return turn;
  };
}
