import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { settlement } from '../../src/reconciling/index.ts';
import { eventsAfter, minute } from '../../src/testing.ts';
import { byCenter, callAt, operator, reconciled, recorded, sent } from '../reconciling/support.ts';

const because = (reason: string) => ({ reason });

/** Recorded while the provider has no signal: a break, typed in from a call, and an instruction given by mistake. */
const meanwhile = recorded(
  eventsAfter('StartWork'),
  byCenter('o-1', 'CorrectTime', 20, {
    what: 'arrival',
    recorded: minute(1),
    corrected: minute(6),
    ...because('Marcó al llegar al portón.'),
  }),
  byCenter('o-2', 'PauseWork', 22, { kind: 'break' }),
  byCenter('o-3', 'GiveInstruction', 24, { about: 'visit', decision: 'reschedule', text: 'Queda para mañana' }),
);

const seen = eventsAfter('StartWork').length;
const tests = { withClient: true, tests: [{ name: 'sin goteo', passed: true }] };
const leave = { by: 'Marta, op-1', reason: 'la clienta pidió seguir' };
const despite = (one: VisitCommand): VisitCommand =>
  ({ ...one, metadata: { ...one.metadata, despite: leave } }) as VisitCommand;

/** The log once the acts without a signal come in: one is known already, the others are refused. */
export const reported: readonly VisitEvent[] = reconciled(
  meanwhile,
  seen,
  sent('p-1', 'PauseWork', 21, { kind: 'break' }),
  sent('p-2', 'ResumeWork', 30, { kind: 'break' }),
  despite(sent('p-3', 'TestQuality', 40, tests)),
  sent('p-4', 'ShowTools', 41, { tools: ['sierra'] }),
).log;

const settle = (log: readonly VisitEvent[], taken: readonly number[]): readonly VisitEvent[] => {
  const answer = settlement({
    log,
    discrepancyId: `d-${reported.length}`,
    taken,
    text: 'Se habló con ambos.',
    at: minute(50),
    operator,
    commandId: 'o-4',
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return [...log, ...answer.events];
};

const settled = settle(reported, [1, 2]);

/** A visit in which every kind of correction was made, completed twice. */
export const corrected: readonly VisitEvent[] = recorded(
  settled,
  byCenter('o-5', 'GiveInstruction', 52, { about: 'visit', decision: 'proceed', text: 'Continúe' }),
  sent('p-5', 'RecordConformity', 53, {}),
  sent('p-6', 'HandOverSite', 54, { structuralConditionPreserved: true }),
  sent('p-7', 'ShowBelongings', 55, { items: ['llave'], clientConfirmed: true }),
  sent('p-8', 'ReportCompletion', 56, { caseNumber: 'EXP-1', call: callAt(56) }),
  sent('p-9', 'CompleteVisit', 57, {}),
  byCenter('o-6', 'AnnulAct', 60, { act: 'Completed', recorded: minute(57), ...because('Faltaba revisar la llave') }),
  sent('p-10', 'ReportCompletion', 70, { caseNumber: 'EXP-1', call: callAt(70) }),
  sent('p-11', 'CompleteVisit', 71, {}),
  byCenter('o-7', 'CorrectTime', 75, {
    what: 'end',
    recorded: minute(71),
    corrected: minute(69),
    ...because('Se marcó tarde'),
  }),
  byCenter('o-8', 'CorrectTime', 76, {
    what: 'end',
    recorded: minute(69),
    corrected: minute(71),
    ...because('Estaba bien'),
  }),
);
