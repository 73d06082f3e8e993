import * as z from 'zod/mini';
import type { ReportedAct } from '../messages/index.ts';
import { plainAct } from './act.ts';
import { arrival } from './arrival.ts';
import { assignment } from './assignment.ts';
import { closing } from './closing.ts';
import { exceptions } from './exceptions.ts';
import { identity } from './identity.ts';
import { inspection } from './inspection.ts';
import { instructions } from './instructions.ts';
import { lazy } from './lazy.ts';
import { materials } from './materials.ts';
import { withMessages } from './messages.ts';
import { despite } from './shared.ts';
import { fieldMetadata, flag, id, instant, label, list, oneOf, optional, record, someOf, text } from './text.ts';
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

const position = () => z.int(withMessages).check(z.minimum(0, withMessages));

const violation = lazy(() =>
  record({ rule: label(), clause: label() }).register(fieldMetadata, { id: 'ReportedViolation' }),
);

const reportedAct = lazy(() => {
  const said = {
    commandId: id(),
    on: position(),
    violations: list(violation()),
    lawfulThen: flag(),
    twinOf: optional(z.int(withMessages).check(z.minimum(1, withMessages))),
    despite: optional(despite()),
    device: optional(label()),
    enteredAt: optional(instant()),
  };
  const quoted = Object.values(recordable).map(({ bareSchema }) => record({ ...bareSchema().shape, ...said }));
  const union = z.discriminatedUnion('type', quoted as never, withMessages) as unknown as z.ZodMiniType<ReportedAct>;
  return union.register(fieldMetadata, { id: 'ReportedAct' });
});

/** Positions in the acts of a report, ascending. */
const positions = lazy(() =>
  list(position()).check(
    z.refine((taken) => taken.every((one, index) => index === 0 || one > Number(taken[index - 1])), withMessages),
  ),
);

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
    basedOn: position(),
    acts: someOf(reportedAct()),
  })),
  SettleDiscrepancy: plainAct('SettleDiscrepancy', 'DiscrepancySettled', () => ({
    discrepancyId: id(),
    taken: positions(),
    text: text(),
  })),
};
