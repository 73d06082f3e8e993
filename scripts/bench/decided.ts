import type { VisitCommand, VisitEvent } from 'auxilio';
import { reconcile } from '../../src/reconciling/index.ts';
import { decide, incrementalFold } from '../../src/visit/visit.ts';

export { reconcile };

/** Decides and folds commands one after the other on a log, as an application would that has no other writer. */
export function decideAndFold(log: readonly VisitEvent[], commands: readonly VisitCommand[]): readonly VisitEvent[] {
  const { state, step } = incrementalFold();
  for (const event of log) step(event);
  return commands.flatMap((command) => {
    const decision = decide(command, state);
    if (!decision.ok) throw new RangeError(`${command.type} is refused`);
    for (const event of decision.events) step(event);
    return decision.events;
  });
}
