import fc from 'fast-check';
import type { VisitEvent } from '../../src/messages/index.ts';
import type { ClauseId } from '../../src/protocol/index.ts';
import {
  type Audit,
  audit,
  type Dossier,
  dossier,
  type MissingActs,
  missing,
  type VerdictStatus,
} from '../../src/reading/index.ts';
import { anyEvent } from '../../src/testing/arbitraries/anything.ts';
import { illegalHistories } from '../../src/testing/arbitraries/histories.ts';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { advance, fact, minute } from '../../src/testing.ts';
import type { PaymentCondition, Policy } from '../../src/visit/index.ts';
import { call, client, operator, otherProvider, plain } from '../scenarios/commands.ts';

/** A log and the policy that judged it. */
export type Judged = { readonly events: readonly VisitEvent[]; readonly policy: Policy | undefined };

/** The results of the library's readers for one log. */
export type Readings = { readonly audit: Audit; readonly dossier: Dossier; readonly missing: MissingActs };

export function readingsOf({ events, policy }: Judged): Readings {
  const options = policy === undefined ? {} : { policy };
  const audited = audit(events, options);
  return {
    audit: audited,
    dossier: dossier(events, options),
    missing: missing(audited.state, { goal: 'payable', ...options }),
  };
}

/**
 * The results of another reader for the same log: a page, a sheet, a command. Topics that it does not cover are absent.
 */
export type Saying = {
  readonly reader: string;
  readonly clean?: boolean;
  readonly payable?: boolean;
  /** Says that nothing is missing for the payment, without remarks. */
  readonly nothingMissing?: boolean;
  readonly unmet?: readonly PaymentCondition[];
  readonly statuses?: Readonly<Partial<Record<ClauseId, VerdictStatus>>>;
};

/** The clauses of each condition of payment: unmet, at least one of them is not proved. */
const provedBy: Readonly<Record<PaymentCondition, readonly ClauseId[]>> = {
  completed: [],
  started: ['1.1-43'],
  'start-reported': ['1.1-26'],
  'start-documented': ['1.1-27'],
  'completion-reported': ['1.3-02', '1.3-04'],
  'discrepancy-open': [],
};

const isProved = (status: VerdictStatus | undefined) => status === 'satisfied' || status === 'late';

/** In what readers of one log disagree, each in a sentence; of readers that agree, none. */
export function disagreements(readings: Readings, sayings: readonly Saying[] = []): readonly string[] {
  return [...withinLibrary(readings), ...sayings.flatMap((saying) => against(readings, saying))];
}

function withinLibrary({ audit: { clean }, dossier: drawn, missing: lacking }: Readings): readonly string[] {
  const status = statusesOf(drawn);
  const bad = (wanted: VerdictStatus) =>
    drawn.payment.filter((one) => one.status === wanted).map(({ clause }) => clause);
  const isNothing = lacking.found && lacking.acts.length === 0;
  return [
    said(drawn.payable !== (drawn.unmetForPayment.length === 0), 'payable, and conditions that are unmet'),
    said(drawn.payable !== isNothing, `payable ${drawn.payable}, and missing ${JSON.stringify(lacking)}`),
    said(JSON.stringify(drawn.missing) !== JSON.stringify(lacking), 'the dossier and missing'),
    said(clean !== (drawn.violations.length === 0), 'clean, and violations'),
    said(drawn.payable && bad('missing').length > 0, `payable, and missing ${bad('missing')}`),
    said(
      clean && bad('contradicted').some((clause) => !takenAgainst(drawn, clause)),
      `clean, and contradicted ${bad('contradicted')}`,
    ),
    ...drawn.unmetForPayment.map((condition) => {
      const clauses = provedBy[condition];
      return said(
        clauses.length > 0 && clauses.every((one) => isProved(status[one])),
        `${condition} unmet, and proved`,
      );
    }),
    ...(drawn.payable ? Object.values(provedBy).flat() : []).map((one) =>
      said(status[one] === 'not-applicable', `payable, and ${one} not applicable`),
    ),
  ].flatMap((one) => one ?? []);
}

/** True if an act that a settlement took broke a rule of that clause: the log is clean, and the payer sees it. */
const takenAgainst = ({ deviations }: Dossier, cited: ClauseId) =>
  deviations.some(({ clause, facts }) => clause === cited && 'settledAt' in facts);

function against({ audit: { clean }, dossier: drawn }: Readings, saying: Saying): readonly string[] {
  const { reader, payable, nothingMissing, unmet, statuses = {} } = saying;
  const bad = drawn.payment.filter(({ status }) => status === 'missing' || status === 'contradicted');
  const known = statusesOf(drawn);
  return [
    said(saying.clean !== undefined && saying.clean !== clean, 'clean'),
    said(payable !== undefined && payable !== drawn.payable, 'payable'),
    said(nothingMissing === true && !drawn.payable, 'nothing missing, and not payable'),
    said(nothingMissing === true && bad.length > 0, `nothing missing, and ${bad.map(({ clause }) => clause)}`),
    said(unmet !== undefined && `${unmet}` !== `${drawn.unmetForPayment}`, `unmet: ${unmet}`),
    ...Object.entries(statuses).map(([clause, status]) =>
      said(known[clause as ClauseId] !== status, `${clause} ${status}`),
    ),
  ].flatMap((one) => (one === null ? [] : `${reader}: ${one}`));
}

const said = (disagrees: boolean, sentence: string) => (disagrees ? sentence : null);

const statusesOf = ({ payment }: Dossier): Readonly<Partial<Record<ClauseId, VerdictStatus>>> =>
  Object.fromEntries(payment.map(({ clause, status }) => [clause, status]));

const visitId = plain[0]?.data.visitId ?? '';
const whole = [...advance([], plain), fact('StartDocumented', { at: minute(24) }, operator)];

const discrepancyId = `d-${whole.length + 1}`;

const because = { at: minute(36), reason: 'se marcó por error' };
const corrected = (what: string, from: number, to: number) =>
  fact('TimeCorrected', { ...because, what, recorded: minute(from), corrected: minute(to) }, operator);

/** Corrections of the plain visit, and a discrepancy in it that nothing was taken of. */
const corrections: readonly VisitEvent[] = [
  fact('ActAnnulled', { ...because, act: 'Completed', recorded: minute(23) }, operator),
  fact('ActAnnulled', { ...because, act: 'Completed', recorded: minute(34) }, operator),
  fact('ActAnnulled', { ...because, act: 'WorkStarted', recorded: minute(16) }, operator),
  corrected('start', 16, 60),
  corrected('completion-call', 21, 90),
  corrected('end', 23, 24),
  fact('DiscrepancyReported', {
    at: minute(37),
    discrepancyId,
    basedOn: 1,
    acts: [
      {
        type: 'FarewellGiven',
        data: { visitId, at: minute(37), by: { role: 'provider', id: 'prov-1' } },
        commandId: 'c-1',
        on: whole.length,
        violations: [],
        lawfulThen: true,
      },
    ],
  }),
  fact('DiscrepancySettled', { at: minute(38), discrepancyId, taken: [], text: 'se conversó' }, operator),
];

/** Events that others may have written about the plain visit, of those that the payment depends on. */
const turns = fc.constantFrom<VisitEvent>(
  fact('CompletionReported', { at: minute(25), call, caseNumber: 'EXP-9' }),
  fact('CompletionReported', { at: minute(25), caseNumber: 'EXP-1' }),
  fact('CompletionReported', { at: minute(26), call, caseNumber: 'EXP-1' }),
  fact('ClientObjected', { at: minute(27), what: 'gotea' }, client),
  fact('QualityTested', { at: minute(28), withClient: true, tests: [{ name: 'fuga', passed: false }], passed: false }),
  fact('Paused', { at: minute(29), kind: 'second-visit', notice: call }),
  fact('Paused', { at: minute(29), kind: 'second-visit' }),
  fact('Resumed', { at: minute(30), kind: 'second-visit', notice: call }),
  fact('ExtraMaterialsRequested', { at: minute(31), materials: [{ item: 'codo', quantity: 1 }] }),
  fact('StartReported', { at: minute(32), call }),
  fact('StartReported', { at: minute(32) }),
  fact('StartReported', { at: minute(32), call }, otherProvider),
  fact('StartDocumented', { at: minute(33) }, operator),
  ...corrections,
  fact('Completed', { at: minute(34) }),
  fact('Completed', { at: minute(34) }, otherProvider),
  fact('VisitClosed', { at: minute(35), outcome: 'cancelled' }, operator),
  fact('InstructionGiven', { at: minute(36), about: 'visit', decision: 'cancel', text: 't' }, operator),
  fact('InstructionGiven', { at: minute(36), about: 'visit', decision: 'reassign', text: 't' }, operator),
  fact('ProviderReassigned', { at: minute(37), provider: { id: 'prov-2', name: 'R' }, arriveBy: minute(60) }, operator),
);

/** Lets some events of a log go, and puts others in anywhere. */
function damaged(events: readonly VisitEvent[], other: fc.Arbitrary<VisitEvent>): fc.Arbitrary<VisitEvent[]> {
  const size = events.length;
  return fc
    .record({
      left: fc.uniqueArray(fc.nat(size), { maxLength: 4 }),
      put: fc.array(fc.tuple(fc.nat(size), other), { maxLength: 5 }),
    })
    .map(({ left, put }) =>
      [...events.entries(), [size, null] as const].flatMap(([index, event]) => [
        ...put.filter(([place]) => place === index).map(([, one]) => one),
        ...(event === null || left.includes(index) ? [] : [event]),
      ]),
    );
}

/** With the ids that a service would have stored, and some of them on two events. */
const marked = (events: readonly VisitEvent[], ids: readonly number[]): VisitEvent[] =>
  events.map((event, index) => ({
    ...event,
    metadata: { eventId: `e-${ids[index] ?? index}`, commandId: `c-${index}` },
  }));

const own = (events: readonly VisitEvent[]) =>
  events.map((event) => ({ ...event, data: { ...event.data, visitId } }) as VisitEvent);

/** Lawful logs, logs that broke a rule, damaged ones, and those of other systems, with the policy that judged them. */
export const anyLog: fc.Arbitrary<Judged> = fc.oneof(
  walks().map(({ events, policy }) => ({ events, policy })),
  illegalHistories().map(({ events, policy }) => ({ events, policy })),
  walks()
    .chain(({ events }) => fc.shuffledSubarray([...events, ...events]))
    .map((events) => ({ events, policy: undefined })),
  fc.array(anyEvent, { maxLength: 25 }).map((events) => ({ events, policy: undefined })),
  damaged(whole, turns).map((events) => ({ events, policy: undefined })),
  damaged(whole, anyEvent).map((events) => ({ events: own(events), policy: undefined })),
  fc
    .tuple(damaged(whole, turns), fc.array(fc.nat(30), { maxLength: 30 }))
    .map(([events, ids]) => ({ events: marked(events, ids), policy: undefined })),
);
