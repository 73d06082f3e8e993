import type { Id } from '../../messages/index.ts';
import type { VisitRecorder } from './visit-recorder.ts';

/** Something that the contact center records meanwhile and that contradicts the phone. */
export type Conflict = 'called-off' | 'case-number' | 'handed-over' | null;

/** The reasons why what was refused is left in its report. */
const leftFor = {
  'case-number': 'Se repite con el número de caso actual',
  'handed-over': 'La visita ya era de otra persona',
} as const;

/** Settles every discrepancy that is open: what was done again, or by another provider, is left, all else is taken. */
export function settleAll(recorder: VisitRecorder, conflict: Conflict): void {
  const owed = recorder.state.debts.flatMap(({ kind, about }) => (kind === 'settle-discrepancy' ? [about as Id] : []));
  for (const discrepancyId of owed) {
    const report = recorder.log.find(
      (event) => event.type === 'DiscrepancyReported' && event.data.discrepancyId === discrepancyId,
    );
    const acts = report?.type === 'DiscrepancyReported' ? report.data.acts : [];
    const taken = acts.flatMap(({ twinOf }, position) => (twinOf === undefined ? [position] : []));
    recorder.wait(3, 35);
    if (conflict === 'case-number' || conflict === 'handed-over') recorder.settle(discrepancyId, [], leftFor[conflict]);
    else recorder.settle(discrepancyId, taken, 'Confirmado con el proveedor y el cliente');
  }
}
