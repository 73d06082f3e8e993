import * as z from 'zod/mini';
import type { ReportedAct } from '../messages/index.ts';
import { plainAct } from './act.ts';
import { arrival } from './arrival.ts';
import { assignment } from './assignment.ts';
import { byType } from './by-type.ts';
import { closing } from './closing.ts';
import { exceptions } from './exceptions.ts';
import { identity } from './identity.ts';
import { inspection } from './inspection.ts';
import { instructions } from './instructions.ts';
import { lazy } from './lazy.ts';
import { materials } from './materials.ts';
import { messages, withMessages } from './messages.ts';
import { ofDevice } from './shared.ts';
import { count, fieldMetadata, flag, id, instant, label, list, oneOf, optional, record, someOf, text } from './text.ts';
import { transit } from './transit.ts';
import { work } from './work.ts';

/** The acts that are no corrections: what a report of a discrepancy may quote. */
export const recordable = {
  ...assignment,
  ...transit,
  ...arrival,
  ...instructions,
  ...identity,
  ...inspection,
  ...materials,
  ...work,
  ...closing,
  ...exceptions,
};

const violation = lazy(() =>
  record({ rule: label(), clause: label() }).register(fieldMetadata, { id: 'ReportedViolation' }),
);

/** The fields of a reported act besides `type` and `data`. */
const findings = lazy(() => ({
  commandId: id(),
  on: count(0),
  violations: list(violation()),
  lawfulThen: flag(),
  twinOf: optional(count(1)),
  ...ofDevice(),
}));

const reportable = new Map(Object.values(recordable).map((act) => [act.event, act]));

/** A reported act of any type, its data not looked at. */
export const anyReportedAct = lazy(() =>
  record({ type: oneOf([...reportable.keys()]), data: z.looseObject({}, withMessages), ...findings() }),
);

/** The act is exactly the event of its type, and what came of it. */
export const reportedAct = lazy(() =>
  byType<ReportedAct>({
    builds: new Map(
      [...reportable].map(([type, { bareSchema }]) => [
        type,
        lazy(() => record({ ...bareSchema().shape, ...findings() }) as z.ZodMiniType),
      ]),
    ),
    otherwise: anyReportedAct,
  }).register(fieldMetadata, { id: 'ReportedAct' }),
);

const isAscending = (numbers: readonly number[]) =>
  numbers.every((number, index) => index === 0 || number > Number(numbers[index - 1]));

/** Positions in the acts of a report. */
const positions = () => list(count(0)).check(z.refine(isAscending, messages['not-ascending']));

export const corrections = {
  AnnulAct: plainAct('AnnulAct', 'ActAnnulled', () => ({
    act: oneOf(['ProviderArrived', 'WorkStarted', 'Completed', 'VisitClosed']),
    recorded: instant(),
    reason: text(),
  })),
  CorrectTime: plainAct('CorrectTime', 'TimeCorrected', () => ({
    what: oneOf(['arrival', 'start', 'resumption', 'interruption', 'completion-call', 'end']),
    recorded: instant(),
    corrected: instant(),
    reason: text(),
  })),
  ReportDiscrepancy: plainAct('ReportDiscrepancy', 'DiscrepancyReported', () => ({
    discrepancyId: id(),
    basedOn: count(0),
    acts: someOf(reportedAct()),
  })),
  SettleDiscrepancy: plainAct('SettleDiscrepancy', 'DiscrepancySettled', () => ({
    discrepancyId: id(),
    taken: positions(),
    text: text(),
  })),
};
