import * as z from 'zod/mini';
import type { ReportedAct } from '../messages/index.ts';
import { plainAct } from './act.ts';
import { arrival } from './arrival.ts';
import { assignment } from './assignment.ts';
import { attestation } from './attestation.ts';
import { closing } from './closing.ts';
import { exceptions } from './exceptions.ts';
import { identity } from './identity.ts';
import { inspection } from './inspection.ts';
import { instructions } from './instructions.ts';
import { materials } from './materials.ts';
import { saying, withMessages } from './messages.ts';
import { lazy } from './reader.ts';
import { byType } from './schema-path.ts';
import { ofDevice } from './shared.ts';
import { count, fieldMetadata, flag, id, instant, label, list, oneOf, optional, record, someOf, text } from './text.ts';
import { transit } from './transit.ts';
import { work } from './work.ts';

/** The acts before the corrections, in the order of the protocol. */
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

/** The acts that a report may quote: all but corrections. */
export const quotable = { ...recordable, ...attestation };

const reportable = new Map(Object.values(quotable).map((act) => [act.event, act]));

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
const positions = () => list(count(0)).check(z.refine(isAscending, saying('not-ascending')));

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

/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */
export const descriptions = {
  AnnulAct: {
    self: "Annuls what was recorded by mistake: an arrival, a start, a completion or a closing. The contact center's (1.1-10).",
    act: 'Type of the event that was recorded by mistake.',
    recorded: 'Its time on record, which tells which one is meant.',
    reason: 'The reason, in words.',
  },
  ActAnnulled: {
    self: 'An act was annulled: it no longer stands. The event that it is about stays in the log as it is.',
  },
  CorrectTime: {
    self: "Corrects a time that was recorded wrongly. The contact center's (1.1-10).",
    what: 'Time that was recorded wrongly. `resumption` and `interruption` begin and end an interval of work.',
    recorded: 'The time on record.',
    corrected: 'The time that takes its place.',
    reason: 'The reason, in words.',
  },
  TimeCorrected: {
    self: 'A time was corrected. The event that it is about stays in the log as it is.',
  },
  ReportDiscrepancy: {
    self: "Reports acts that were recorded apart and that the log refused or knows already. The provider's or the client's, made by reconciling alone (1.1-10).",
    discrepancyId: 'Id of the discrepancy.',
    basedOn: 'The number of events of the log that the recorder had seen.',
    acts: 'The acts that are not in the log, in the order in which they were recorded; never empty.',
  },
  DiscrepancyReported: {
    self: 'A discrepancy was reported, for the contact center to settle.',
  },
  SettleDiscrepancy: {
    self: "Settles a discrepancy: says which of the reported acts are taken on record, and why. The contact center's (1.1-10).",
    discrepancyId: 'Id of the discrepancy.',
    taken: "Positions in the report's `acts`, from 0, ascending, of those that are taken on record. May be empty.",
    text: 'The reason, in words.',
  },
  DiscrepancySettled: {
    self: 'A discrepancy was settled; the acts that were taken stand right before it.',
  },
};
