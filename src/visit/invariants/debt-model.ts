import type { Id, InstructionTopic, NotificationTopic, VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/clause.ts';
import type { Debt } from '../debts.ts';
import { standsSince } from './correction-model.ts';
import { type ModelState, owed } from './model-state.ts';

/** One row of PROTOCOL §5. */
export type DebtRow = Pick<Debt, 'kind' | 'debtor' | 'about'> & {
  /** The clause of the debt that an event opens, if it opens it. */
  readonly opens: (event: VisitEvent, before: ModelState) => ClauseId | false;
  readonly ends: (event: VisitEvent, before: ModelState) => boolean;
  /** Nothing waits for it once the visit has ended. */
  readonly lapses?: true;
  /** The topic that an event is about, where each has a debt of its own. */
  readonly readAbout?: (event: VisitEvent) => Id | undefined;
};

function instructed(event: VisitEvent, about: InstructionTopic): boolean {
  return event.type === 'InstructionGiven' && event.data.about === about;
}

function reached(event: VisitEvent, topic: NotificationTopic): boolean {
  return event.type === 'ClientNotified' && event.data.reached && event.data.about.includes(topic);
}

function delay(event: VisitEvent): ClauseId | false {
  if (event.type !== 'TransitIssueReported') return false;
  const { issue, resolvable, exceedsResponseTime } = event.data;
  if (issue === 'delay') return '1.2-15';
  return issue !== undefined && resolvable === true && exceedsResponseTime === true && '1.2-10';
}

function unresolvable(event: VisitEvent): ClauseId | false {
  if (event.type !== 'TransitIssueReported') return false;
  const { issue, resolvable } = event.data;
  return (issue === 'breakdown' || issue === 'other') && resolvable === false && '1.2-12';
}

function wanted(event: VisitEvent): ClauseId | false {
  if (event.type === 'MaterialsRejected') return '1.1-36';
  if (event.type === 'WorkExplained') return event.data.materials.length > 0 && '1.1-32';
  return event.type === 'ExtraMaterialsRequested' && '1.1-32';
}

function opensEscalation(event: VisitEvent): boolean {
  if (event.type === 'FactsAttested') return event.data.facts.some(({ agrees }) => !agrees);
  return (
    event.type === 'ClientImpactEscalated' || (event.type === 'BelongingsShown' && event.data.clientConfirmed !== true)
  );
}

/** True if the client was reached about a change of provider while it was owed or instructed. */
export function toldOfChange(event: VisitEvent, before: ModelState): boolean {
  return reached(event, 'provider-change') && (before.standing === 'reassign' || owed(before, 'reassign-provider'));
}

const rows = [
  {
    kind: 'give-instruction',
    about: 'client-absence',
    debtor: 'contact-center',
    lapses: true,
    opens: ({ type }) => type === 'ClientAbsenceReported' && '1.1-10',
    ends: (event) =>
      instructed(event, 'client-absence') ||
      event.type === 'ClientReturned' ||
      (event.type === 'IdentityValidated' && event.data.person === 'representative') ||
      event.type === 'ProviderReassigned' ||
      (event.type === 'ActAnnulled' && event.data.act === 'ProviderArrived'),
  },
  {
    kind: 'give-instruction',
    about: 'identity',
    debtor: 'contact-center',
    lapses: true,
    opens: ({ type }) => type === 'IdentityRejected' && '1.1-10',
    ends: (event) =>
      instructed(event, 'identity') || event.type === 'IdentityValidated' || event.type === 'ProviderReassigned',
  },
  {
    kind: 'take-up-escalation',
    debtor: 'contact-center',
    opens: (event) => opensEscalation(event) && '2.2-08',
    ends: (event) => instructed(event, 'escalation'),
  },
  {
    kind: 'coordinate-materials',
    debtor: 'contact-center',
    lapses: true,
    opens: ({ type }) => type === 'MaterialsChangeRefused' && '1.1-39',
    ends: (event) =>
      event.type === 'MaterialsCoordinated' || instructed(event, 'materials') || event.type === 'MaterialsSupplied',
  },
  {
    kind: 'document-photos',
    debtor: 'contact-center',
    opens: (event, before) =>
      event.type === 'PhotosSubmitted' && event.data.photoIds.some((id) => !before.documented.has(id)) && '1.1-22',
    ends: (event, before) =>
      event.type === 'PhotosDocumented' &&
      [...before.sent.keys()].every((id) => before.documented.has(id) || event.data.photoIds.includes(id)),
  },
  {
    kind: 'document-start',
    debtor: 'contact-center',
    opens: ({ type }) => type === 'StartReported' && '1.1-27',
    ends: ({ type }) => type === 'StartDocumented',
  },
  { kind: 'notify-delay', debtor: 'contact-center', opens: delay, ends: (event) => reached(event, 'delay') },
  {
    kind: 'reassign-provider',
    debtor: 'contact-center',
    lapses: true,
    opens: unresolvable,
    ends: (event) =>
      event.type === 'ProviderReassigned' ||
      (event.type === 'InstructionGiven' && event.data.about === 'visit' && event.data.decision === 'proceed'),
  },
  {
    kind: 'notify-provider-change',
    debtor: 'contact-center',
    opens: ({ type }, before) => type === 'ProviderReassigned' && !before.changeNotified && '1.2-13',
    ends: (event) => reached(event, 'provider-change'),
  },
  {
    kind: 'settle-discrepancy',
    debtor: 'contact-center',
    readAbout: (event) =>
      event.type === 'DiscrepancyReported' || event.type === 'DiscrepancySettled'
        ? event.data.discrepancyId
        : undefined,
    opens: (event, before) =>
      event.type === 'DiscrepancyReported' &&
      !before.discrepancies.has(event.data.discrepancyId) &&
      event.data.acts.some(({ twinOf }) => twinOf === undefined) &&
      '1.1-10',
    ends: ({ type }) => type === 'DiscrepancySettled',
  },
  {
    kind: 'supply-materials',
    debtor: 'client',
    lapses: true,
    opens: wanted,
    ends: (event) =>
      event.type === 'MaterialsSupplied' || (event.type === 'WorkExplained' && event.data.materials.length === 0),
  },
] as const satisfies readonly DebtRow[];

/** The kinds of debt that no row has: where there are some, this does not compile. */
type Missing = Exclude<Debt['kind'], (typeof rows)[number]['kind']>;

/** PROTOCOL §5, row by row. */
export const debtRows: readonly DebtRow[] = rows satisfies [Missing] extends [never] ? unknown : Missing;

/** True if an event ends the visit. */
function ends({ type }: VisitEvent): boolean {
  return type === 'Completed' || type === 'VisitClosed';
}

/** True if an event annuls the end of the visit, after which the debts that lapsed are open again. */
export function reopens(event: VisitEvent, before: ModelState): boolean {
  if (event.type !== 'ActAnnulled' || event.data.act === 'ProviderArrived') return false;
  return event.data.act !== 'WorkStarted' && standsSince(before, event.data);
}

/** True if a debt lapses by an event. */
export function lapsesBy(row: DebtRow, event: VisitEvent): boolean {
  return row.lapses === true && ends(event);
}

/** The topic of the debt that an event opens or discharges. */
export function readAbout(row: DebtRow, event: VisitEvent): Debt['about'] {
  return row.about ?? row.readAbout?.(event);
}

/** The debts after an event. */
export function debtsAfter(event: VisitEvent, before: ModelState): readonly Debt[] {
  let debts = reopens(event, before) ? [...before.debts, ...before.lapsed] : before.debts;
  for (const row of debtRows) {
    const { kind, debtor } = row;
    const about = readAbout(row, event);
    const open = debts.some((debt) => debt.kind === kind && debt.about === about);
    const clause = open ? false : row.opens(event, before);
    if (clause !== false) {
      const debt = { kind, debtor, clause, since: event.data.at };
      debts = [...debts, about === undefined ? debt : { ...debt, about }];
    } else if (open && (row.ends(event, before) || lapsesBy(row, event))) {
      debts = debts.filter((debt) => debt.kind !== kind || debt.about !== about);
    }
  }
  return debts;
}

/** The debts that lapsed at the end, after an event. */
export function lapsedAfter(event: VisitEvent, before: ModelState): readonly Debt[] {
  if (reopens(event, before)) return [];
  if (!ends(event)) return before.lapsed;
  const lapse = debtRows.filter(({ lapses }) => lapses);
  return before.debts.filter(({ kind }) => lapse.some((row) => row.kind === kind));
}
