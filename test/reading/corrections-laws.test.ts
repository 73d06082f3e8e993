import { describe, expect, it } from 'vitest';
import type { AnnullableEvent, CorrectableTime, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { audit, type Dossier, dossier } from '../../src/reading/index.ts';
import { simulate } from '../../src/testing.ts';
import { decide, replay, type VisitState } from '../../src/visit/index.ts';
import { annul, correct, operator } from '../scenarios/commands.ts';

const logs = [...simulate({ visits: 10, seed: 17 })].map(({ events }) => events);

/** The clauses that a log proves, without what was corrected in it. */
const proven = (events: readonly VisitEvent[]): Partial<Dossier> => {
  const { payment, protocol, measures, attempts, workedMs, intervals, unmetForPayment, debts, outcome } =
    dossier(events);
  return { payment, protocol, measures, attempts, workedMs, intervals, unmetForPayment, debts, outcome };
};
const oddities = (events: readonly VisitEvent[]) =>
  audit(events).findings.filter(({ kind, facts }) => kind !== 'correction' && facts.what !== 'same-recorder');

/** A log and the event of a lawful correction of it, at the time of its last event; null where a rule refuses it. */
function corrected(events: readonly VisitEvent[], { type, data }: VisitCommand): readonly VisitEvent[] | null {
  const { visitId, at } = events.at(-1)?.data ?? data;
  const command = { type, data: { ...data, visitId, at }, metadata: { actor: operator } } as VisitCommand;
  const decision = decide(command, replay(events));
  return decision.ok ? [...events, ...decision.events] : null;
}

const times = ({ arrival, work, closing }: VisitState): readonly (readonly [CorrectableTime, string | null])[] => [
  ['arrival', arrival.arrivedAt],
  ['start', work.startedAt],
  ['completion-call', closing.completionReportedAt],
  ['end', closing.completedAt ?? closing.closedAt],
  ...work.intervals.flatMap(({ from, to }) => [['resumption', from] as const, ['interruption', to] as const]),
];

const later = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();

/** Every lawful correction of a time at some cuts of the logs: an hour earlier, a minute and two hours later. */
function* corrections() {
  for (const events of logs) {
    for (let length = events.length; length >= 2; length -= 8) {
      const log = events.slice(0, length);
      for (const [what, at] of times(replay(log))) {
        for (const ms of at === null ? [] : [-3_600_000, 60_000, 7_200_000]) {
          const moved = later(at ?? '', ms);
          const once = corrected(log, correct(what, at ?? '', moved));
          if (at !== null && once !== null) yield { log, what, at, moved, once };
        }
      }
    }
  }
}

/** The same event at another time; a completion call was made then. */
function at(event: VisitEvent, moved: string): VisitEvent {
  const call =
    event.type === 'CompletionReported' && event.data.call ? { call: { ...event.data.call, at: moved } } : {};
  return { ...event, data: { ...event.data, at: moved, ...call } } as VisitEvent;
}

describe('1.1-10 a correction of any simulated visit, at any of its acts', () => {
  it('an act that is annulled at once leaves what the log proved before it', () => {
    const annullable: readonly string[] = ['ProviderArrived', 'WorkStarted', 'VisitClosed'];
    let count = 0;
    for (const events of logs) {
      for (const [index, { type, data }] of events.entries()) {
        if (!annullable.includes(type)) continue;
        const log = corrected(events.slice(0, index + 1), annul(type as AnnullableEvent, data.at));
        if (log === null) continue;
        expect([type, proven(log)]).toEqual([type, proven(events.slice(0, index))]);
        expect(oddities(log)).toEqual(oddities(events.slice(0, index)));
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(15);
  });
  it('a completion that is annulled leaves what the log proved without it and its call', () => {
    let count = 0;
    for (const events of logs) {
      const end = events.findIndex(({ type }) => type === 'Completed');
      const call = events.findLastIndex(({ type }) => type === 'CompletionReported');
      if (end < 0 || events.filter(({ type }) => type === 'CompletionReported').length > 1) continue;
      const log = corrected(events.slice(0, end + 1), annul('Completed', events[end]!.data.at)) ?? [];
      const without = events.slice(0, end).filter((_, index) => index !== call);
      const statuses = ({ payment = [], protocol = [] }: Partial<Dossier>) =>
        [...payment, ...protocol].map(({ clause, status }) => [clause, status]);
      expect(statuses(proven(log))).toEqual(statuses(proven(without)));
      count += 1;
    }
    expect(count).toBeGreaterThan(4);
  });
  it('a time that is corrected and corrected back leaves what the log said', () => {
    let count = 0;
    for (const { log, what, at, moved, once } of corrections()) {
      const back = corrected(once, correct(what, moved, at));
      if (back === null) continue;
      expect([what, proven(back)]).toEqual([what, proven(log)]);
      expect([what, oddities(back)]).toEqual([what, oddities(log)]);
      expect(audit(back).clean).toBe(audit(log).clean);
      count += 1;
    }
    expect(count).toBeGreaterThan(100);
  });
  it('a time that is corrected leaves what the log had proved with that time', () => {
    let count = 0;
    for (const { log, what, moved, once } of corrections()) {
      const [{ of } = { of: -1 }] = dossier(once).corrections;
      const retold = log.map((event, index) => (index === of ? at(event, moved) : event));
      const { debts: _, ...told } = proven(retold);
      expect([what, proven(once)]).toMatchObject([what, told]);
      count += 1;
    }
    expect(count).toBeGreaterThan(100);
  });
});
