import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guide } from '../../src/index.ts';
import type { CommandType, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { audit } from '../../src/reading/audit.ts';
import { type Dossier, dossier } from '../../src/reading/dossier.ts';
import { type Finding, makesUnclean } from '../../src/reading/judging/finding.ts';
import { type Goal, missing } from '../../src/reading/shortest-path.ts';
import { anyEvent } from '../../src/testing/arbitraries/anything.ts';
import { eachOpen } from '../../src/testing/arbitraries/from-witnesses.ts';
import { illegalHistories } from '../../src/testing/arbitraries/histories.ts';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { minute } from '../../src/testing.ts';
import { asArray } from '../../src/util/json.ts';
import {
  decide,
  evolve,
  initialState,
  type Policy,
  replay,
  unmetForPayment,
  type VisitState,
} from '../../src/visit/index.ts';
import { reconstructCommand } from '../../src/visit/reconstruct-command.ts';
import { actOfEvent } from '../../src/visit/table.ts';
import { runs } from '../support/runs.ts';

const unmarked = ({ type, data }: VisitEvent) => ({ type, data });

/** The command as requested: the reader leaves the author in its data. */
function asked(command: ReturnType<typeof reconstructCommand>): VisitCommand {
  const { by, recordedBy, ...own } = command.data;
  return { ...command, data: own } as unknown as VisitCommand;
}

/** True if `decide` would have written each event of the log on the state before it. */
function isDecided(events: readonly VisitEvent[], policy: Policy | undefined): boolean {
  let state = initialState();
  for (const event of events) {
    const act = actOfEvent(event.type);
    if (act === undefined) return false;
    const decision = decide(asked(reconstructCommand(act, event)), state, policy);
    if (!decision.ok) return false;
    try {
      expect(decision.events.map(unmarked)).toEqual([unmarked(event)]);
    } catch {
      return false;
    }
    state = evolve(state, event);
  }
  return true;
}

/**
 * True if a report is not as reconciling makes it, or the acts are missing that a settlement takes: `decide` knows neither. Logs
 * of reconciling and settling are tried by test/reading/merges-judged.test.ts.
 */
const isOfReconciling = ({ rule, facts }: Finding) =>
  rule === 'as-decided' &&
  asArray(facts.fields).some((field) => !['by', 'recordedBy', 'passed', 'outcome', 'edition'].includes(String(field)));

/** The findings that make a log unclean, as far as `decide` can tell. */
const faultsIn = (findings: readonly Finding[]) =>
  findings.filter((finding) => makesUnclean(finding) && !isOfReconciling(finding));

describe('a log is clean exactly when decide would have produced it', () => {
  it('is so for lawful logs', () => {
    fc.assert(
      fc.property(walks(), ({ events, policy, state }) => {
        const found = audit(events, policy === undefined ? {} : { policy });
        expect(faultsIn(found.findings)).toEqual([]);
        expect(found).toMatchObject({ clean: !found.findings.some(isOfReconciling), state, debts: state.debts });
      }),
      { numRuns: runs(200), seed: 11 },
    );
  });

  it('is so for logs with one unlawful event, which is found there with its clauses', () => {
    fc.assert(
      fc.property(illegalHistories(), ({ events, index, clauses, policy }) => {
        const { clean, findings } = audit(events, policy === undefined ? {} : { policy });
        const violations = faultsIn(findings);
        expect(clean).toBe(false);
        expect(violations.map((violation) => violation.clause)).toEqual(clauses);
        expect(new Set(violations.map((violation) => violation.index))).toEqual(new Set([index]));
      }),
      { numRuns: runs(200), seed: 12 },
    );
  });

  it('is so for any events at all, and for lawful logs cut, doubled and shuffled', () => {
    const wild = fc.array(anyEvent, { maxLength: 30 });
    const damaged = walks().chain(({ events }) => fc.shuffledSubarray([...events, ...events]));
    fc.assert(
      fc.property(fc.oneof(wild, damaged), (events) => {
        const { findings, state } = audit(events);
        expect(faultsIn(findings).length === 0).toBe(isDecided(events, undefined));
        expect(state).toEqual(replay(events));
      }),
      { numRuns: runs(300), seed: 13 },
    );
  });

  it('never throws, whatever stands in the log', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.anything(), anyEvent), { maxLength: 20 }), (entries) => {
        const { findings } = audit(entries as VisitEvent[]);
        expect(findings.every(({ index }) => index < entries.length)).toBe(true);
      }),
      { numRuns: runs(250), seed: 14 },
    );
  });
});

describe('the guide', () => {
  it('opens what decide accepts, whatever the data, and only what it accepts with some', () => {
    let accepted = 0;
    fc.assert(
      fc.property(walks(), ({ asked, policy }) => {
        for (const { command, before, accepted: events } of asked) {
          // Reconciling reports a discrepancy, and nobody chooses to (PROTOCOL §8).
          if (command.type === 'ReportDiscrepancy') continue;
          const { actor } = command.metadata;
          const { open, closed } = guide(before, { role: actor.role, actorId: actor.id, ...options(policy) });
          const isOpen = open.some((act) => act.command === command.type);
          if (events !== null) expect(isOpen, command.type).toBe(true);
          if (events !== null) accepted += 1;
          if (!isOpen && closed.some((act) => act.command === command.type)) {
            expect(decide(command, before, policy).ok).toBe(false);
          }
        }
      }),
      { numRuns: runs(100), seed: 17 },
    );
    expect(accepted).toBeGreaterThan(runs(1_000));
  });
});

describe('missing', () => {
  it('proposes acts that can be carried out in that order, and reach the goal', () => {
    let proposed = 0;
    fc.assert(
      fc.property(walks(), fc.nat(), fc.constantFrom<Goal>('completed', 'payable'), ({ asked, policy }, at, goal) => {
        const { before } = asked[at % asked.length] ?? { before: initialState() };
        const found = missing(before, { goal, ...options(policy) });
        if (!found.found) return;
        proposed += found.acts.length;
        const after = found.acts.reduce<readonly VisitState[]>(
          (visits, type) => afterAct(type, visits, policy),
          [before],
        );
        const isReached = (visit: VisitState) =>
          goal === 'completed' ? visit.phase === 'completed' : unmetForPayment(visit).length === 0;
        expect(after.some(isReached), found.acts.join(' ')).toBe(true);
      }),
      { numRuns: runs(60), seed: 18 },
    );
    expect(proposed).toBeGreaterThan(runs(300));
  });
});

/** The states that an act makes of others: with any data that open it, of equal ones one, and of many some. */
function afterAct(type: CommandType, visits: readonly VisitState[], policy: Policy | undefined): VisitState[] {
  const after = visits.flatMap((visit) =>
    [...eachOpen([type], visit, minute(900), policy)].flatMap((command) => {
      const decision = decide(command, visit, policy);
      return decision.ok ? decision.events.map((event) => evolve(visit, event)) : [];
    }),
  );
  return [...new Map(after.map((visit) => [JSON.stringify(visit), visit])).values()].slice(0, 40);
}

/** The same with each time in it so much later. */
function later<T>(value: T, ms: number): T {
  const text = JSON.stringify(value).replace(/"\d{4}-[\d-]{5}T[\d:.]{12}Z"/g, (at) =>
    JSON.stringify(new Date(Date.parse(at.slice(1, -1)) + ms).toISOString()),
  );
  return JSON.parse(text);
}

describe('the readers', () => {
  it('find the same in a log whenever it happened, from 1970 to 9999, over midnight or the change to summer time', () => {
    fc.assert(
      fc.property(fc.oneof(walks(), illegalHistories()), ({ events, policy }) => {
        const times =
          JSON.stringify(events)
            .match(/\d{4}-[\d-]{5}T[\d:.]{12}Z/g)
            ?.sort() ?? [];
        const [first, last] = [Date.parse(times[0] ?? ''), Date.parse(times.at(-1) ?? '')];
        if (times.length === 0) return;
        const [found, told] = [audit(events, options(policy)), dossier(events, options(policy))];
        for (const ms of [-first, Date.parse('9999-12-31T23:59:59.999Z') - last, 36_000_000, -6 * 86_400_000]) {
          const moved = later(events, ms);
          expect(audit(moved, options(policy))).toEqual(later(found, ms));
          expect(dossier(moved, options(policy))).toEqual(later(told, ms));
        }
      }),
      { numRuns: runs(60), seed: 19 },
    );
  });
});

const options = (policy: Policy | undefined) => (policy === undefined ? {} : { policy });
const verdictsOf = ({ payment, protocol }: Dossier) => [...payment, ...protocol];

describe('the dossier', () => {
  it('loses no evidence as the log grows, until an act is annulled or a time corrected', () => {
    const logs = fc.oneof(
      walks(),
      illegalHistories().map(({ events, policy }) => ({ events, policy })),
    );
    fc.assert(
      fc.property(logs, fc.nat(), ({ events: log, policy }, at) => {
        const corrected = log.findIndex(({ type }) => type === 'ActAnnulled' || type === 'TimeCorrected');
        const events = corrected < 0 ? log : log.slice(0, corrected);
        const cut = dossier(events.slice(0, at % (events.length + 1)), options(policy));
        const whole = dossier(events, options(policy));
        verdictsOf(cut).forEach(({ clause, evidence }, place) => {
          const later = verdictsOf(whole)[place];
          expect(later?.clause).toBe(clause);
          for (const index of evidence) expect(later?.evidence).toContain(index);
        });
        expect(whole.declined.slice(0, cut.declined.length)).toEqual(cut.declined);
        expect(whole.deviations.slice(0, cut.deviations.length)).toEqual(cut.deviations);
        expect(whole.measures.slice(0, cut.measures.length)).toEqual(cut.measures);
        expect(whole.debts.length).toBeGreaterThanOrEqual(cut.debts.length);
      }),
      { numRuns: runs(150), seed: 15 },
    );
  });

  it('does not depend on the order of acts that commute: receipts and notices, and what the provider does', () => {
    const receipts = ['ClientNotified', 'StartDocumented', 'PhotosDocumented'];
    let swaps = 0;
    fc.assert(
      fc.property(walks(), ({ events, policy }) => {
        const told = withoutPlaces(dossier(events, options(policy)));
        events.forEach((event, index) => {
          const before = events[index - 1];
          if (before === undefined || !receipts.includes(event.type) || receipts.includes(before.type)) return;
          if (before.data.by.role !== 'provider') return;
          const swapped = [...events.slice(0, index - 1), event, before, ...events.slice(index + 1)];
          if (!audit(swapped, options(policy)).clean) return;
          swaps += 1;
          expect(withoutPlaces(dossier(swapped, options(policy)))).toEqual(told);
        });
      }),
      { numRuns: runs(200), seed: 17 },
    );
    expect(swaps).toBeGreaterThan(runs(15));
  });
});

/** A dossier without the places of events in the log, and without the order of what they are listed by. */
function withoutPlaces(found: Dossier): unknown {
  const stripped = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(stripped).sort((one, other) => (told(one) < told(other) ? -1 : 1));
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(
      ([key]) => !['index', 'of', 'openedBy', 'endedBy', 'against'].includes(key),
    );
    return Object.fromEntries(
      kept.map(([key, item]) => [key, key === 'evidence' ? (item as []).length : stripped(item)]),
    );
  };
  return stripped(found);
}

const told = (value: unknown) => JSON.stringify(value);
