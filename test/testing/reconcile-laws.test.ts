import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { reconcile, settlement } from '../../src/reconciling/index.ts';
import type { ReconcileSubject } from '../../src/testing/laws/deliver.ts';
import { reconcileLaws } from '../../src/testing/laws/reconcile.ts';

const own: ReconcileSubject = { reconcile, settlement };

/** The events of an answer, edited. */
const edited = (edit: (events: readonly VisitEvent[]) => readonly VisitEvent[]): ReconcileSubject['reconcile'] => {
  return (request) => {
    const answer = reconcile(request);
    return answer.ok ? { ...answer, events: edit(answer.events) } : answer;
  };
};

type Report = Extract<VisitEvent, { type: 'DiscrepancyReported' }>;

/** A reconciliation whose report is edited. */
const withReport = (edit: (data: Report['data']) => Partial<Report['data']>) =>
  edited((events) =>
    events.map((event) =>
      event.type === 'DiscrepancyReported' ? { ...event, data: { ...event.data, ...edit(event.data) } } : event,
    ),
  );

const settled = (edit: (events: readonly VisitEvent[]) => readonly VisitEvent[]): ReconcileSubject['settlement'] => {
  return (request) => {
    const answer = settlement(request);
    return answer.ok ? { ...answer, events: edit(answer.events) } : answer;
  };
};

const once = 'every command is on record once: nothing lost, nothing doubled';
const asReported = 'what is reported is refused where it stands, or a twin, or its id is used';
const again = 'a batch that arrives again changes nothing';
const asKnown = 'what was lawful then is what decide says on what its recorder knew';
const asTaken = 'a settlement that takes everything folds every fact in its order';

const withoutIds = (log: readonly VisitEvent[]) => log.map(({ type, data }) => ({ type, data }) as VisitEvent);

/** Each saboteur, and a law that must notice it. */
const saboteurs: readonly (readonly [string, Partial<ReconcileSubject>, string])[] = [
  [
    'that rolls back what is refused',
    { reconcile: edited((events) => events.filter(({ type }) => type !== 'DiscrepancyReported')) },
    once,
  ],
  [
    'that loses the last act of a report',
    { reconcile: withReport(({ acts }) => ({ acts: acts.slice(0, Math.max(1, acts.length - 1)) })) },
    once,
  ],
  ['that knows no repeats', { reconcile: (request) => reconcile({ ...request, log: withoutIds(request.log) }) }, again],
  ['that keeps no command ids', { reconcile: edited(withoutIds) }, again],
  [
    'in which the last write wins',
    {
      reconcile: edited((events) =>
        events.flatMap((event) =>
          event.type === 'DiscrepancyReported'
            ? event.data.acts.map(
                ({ type, data, commandId }) => ({ type, data, metadata: { commandId } }) as VisitEvent,
              )
            : event,
        ),
      ),
    },
    'what is accepted is clean for the audit',
  ],
  [
    'that names other rules',
    {
      reconcile: withReport(({ acts }) => ({
        acts: acts.map((act) => ({ ...act, violations: act.violations.slice(1) })),
      })),
    },
    asReported,
  ],
  [
    'that judges where nothing stands',
    { reconcile: withReport(({ acts }) => ({ acts: acts.map((act) => ({ ...act, on: 1 })) })) },
    asReported,
  ],
  [
    'that points at another twin',
    { reconcile: withReport(({ acts }) => ({ acts: acts.map((act) => (act.twinOf ? { ...act, twinOf: 1 } : act)) })) },
    asReported,
  ],
  [
    'that finds everything lawful then',
    { reconcile: withReport(({ acts }) => ({ acts: acts.map((act) => ({ ...act, lawfulThen: true })) })) },
    asKnown,
  ],
  [
    'that finds one twin twice',
    {
      reconcile: withReport(({ acts }) => {
        const [twin] = acts.flatMap(({ twinOf = [] }) => twinOf);
        return { acts: acts.map((act) => (twin === undefined ? act : { ...act, twinOf: twin })) };
      }),
    },
    'an event is the twin of one act at most',
  ],
  [
    'that takes everybody for a twin',
    { reconcile: (request) => reconcile({ ...request, policy: { twinMinutes: 600 } }) },
    asReported,
  ],
  [
    'that settles in another order',
    { settlement: settled((events) => [...events.slice(0, -1).reverse(), ...events.slice(-1)]) },
    asTaken,
  ],
  ['that settles without the facts', { settlement: settled((events) => events.slice(-1)) }, asTaken],
  ['that settles twice', { settlement: settled((events) => [...events, ...events]) }, asTaken],
  [
    'that takes acts again',
    {
      settlement: (request) => {
        const { log, discrepancyId, taken } = request;
        const place = log.findIndex(
          ({ type, data }) =>
            type === 'DiscrepancySettled' && data.discrepancyId === discrepancyId && data.taken.length > 0,
        );
        return settlement(place < 0 ? request : { ...request, log: log.slice(0, place - taken.length) });
      },
    },
    asTaken,
  ],
  [
    'that trims texts',
    {
      reconcile: edited((events) =>
        JSON.parse(JSON.stringify(events), (_, value) => (typeof value === 'string' ? value.trim() : value)),
      ),
    },
    once,
  ],
  [
    'that settles without saying who',
    {
      settlement: settled((events) =>
        events.map((event) => ({ ...event, data: { ...event.data, recordedBy: event.data.by } }) as VisitEvent),
      ),
    },
    asTaken,
  ],
  [
    'that starts the work to settle nothing',
    {
      settlement: settled((events) => [
        { type: 'ClientImpactEscalated', data: { ...events[0]?.data, what: 'x' } } as unknown as VisitEvent,
        ...events,
      ]),
    },
    'a settlement that takes nothing leaves the state as before the report, less the debt',
  ],
  [
    'that rewrites what the log had',
    {
      reconcile: (request) => {
        Object.assign(request.log[0] as object, { rewritten: true });
        return reconcile(request);
      },
    },
    'nothing that the log had is changed',
  ],
];

describe('the laws of reconciling', () => {
  it.each(saboteurs)('notice one %s', (_, subject, name) => {
    const law = reconcileLaws({ ...own, ...subject }).find((one) => one.name === name);
    expect(() => law?.run({ numRuns: 200, seed: 3, endOnFailure: true })).toThrow();
  });
  it('refuse a subject without its functions, or with others', () => {
    expect(() => reconcileLaws({} as never)).toThrow('reconcile');
    expect(() => reconcileLaws({ ...own, merge: 1 } as never)).toThrow('merge');
  });
});
