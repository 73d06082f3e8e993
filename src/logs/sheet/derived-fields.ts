import type { Id, VisitEvent } from '../../messages/index.ts';
import { initialState } from '../../visit/index.ts';
import { actOfCommand } from '../../visit/table.ts';
import { incrementalFold } from '../../visit/visit.ts';

/** The fields of an event that a sheet may leave out: as `decide` would have written them. */
export type Derived = {
  /** The fields to be added to the data of an event of that type. */
  readonly derive: (type: string, visitId: Id | null, data: Readonly<Record<string, unknown>>) => object;
  /** Takes note of an event: an instruction that stands decides how the visit is closed. */
  readonly note: (event: VisitEvent) => void;
};

/** Folds a visit from its first instruction on, for as long as one stands. */
export function createDerived(): Derived {
  const instructed = new Map<Id, ReturnType<typeof incrementalFold>>();
  const stateOf = (visitId: Id | null) => instructed.get(visitId ?? '')?.state ?? initialState();
  return {
    derive: (type, visitId, data) => {
      const command = derivedOf.get(type);
      const act = command === undefined ? undefined : actOfCommand(command);
      if (act === undefined || (type === 'QualityTested' && !areTests(data.tests))) return {};
      return act.derivedData(data as never, stateOf(visitId));
    },
    note: (event) => {
      const { visitId } = event.data;
      const isNew = event.type === 'InstructionGiven' || event.type === 'MaterialsCoordinated';
      const fold = instructed.get(visitId) ?? (isNew ? incrementalFold() : undefined);
      if (fold === undefined) return;
      fold.step(event);
      if (fold.state.instruction === null) instructed.delete(visitId);
      else instructed.set(visitId, fold);
    },
  };
}

const areTests = (tests: unknown): boolean =>
  Array.isArray(tests) && tests.every((test) => typeof test === 'object' && test !== null);

const derivedOf = new Map([
  ['VisitAssigned', 'AssignVisit'],
  ['QualityTested', 'TestQuality'],
  ['VisitClosed', 'CloseVisit'],
]);
