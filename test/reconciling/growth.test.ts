import { expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { audit } from '../../src/reading/index.ts';
import { discrepancies, reconcile, settlement } from '../../src/reconciling/index.ts';
import { eventsBefore, minute } from '../../src/testing.ts';
import { operator, reconciled, reportIn, sent } from './support.ts';

const refused = (id: string, minutes: number) => sent(id, 'RecordArrival', minutes, {});

/** A log with so many reports of one act or two, every other one settled, and of these every other one taken. */
function logOf(reports: number): VisitEvent[] {
  let log = [...eventsBefore('ValidateIdentity')];
  for (let nth = 0; nth < reports; nth += 1) {
    const minutes = 60 + nth;
    const others = nth % 2 === 0 ? [] : [sent(`r-${nth}`, 'ResumeWork', minutes, { kind: 'break' })];
    log = [...reconciled(log, log.length, refused(`a-${nth}`, minutes), ...others).log];
    if (nth % 2 !== 0) continue;
    const { discrepancyId } = reportIn(log);
    const taken = nth % 4 === 0 ? [0] : [];
    const at = minute(minutes);
    const settled = settlement({ log, discrepancyId, taken, text: 'no', at, operator, commandId: `s-${nth}` });
    if (settled.ok) log = [...log, ...settled.events];
  }
  return log;
}

/** Counts how often a function reads a field of the data of a log. */
function readsOf(log: readonly VisitEvent[], read: (log: readonly VisitEvent[]) => unknown): number {
  let count = 0;
  const get = (data: object, field: string) => {
    count += 1;
    return Reflect.get(data, field);
  };
  read(log.map((event) => ({ ...event, data: new Proxy(event.data, { get }) }) as VisitEvent));
  return count;
}

it.each([
  { name: 'audit', most: 4, read: (log: readonly VisitEvent[]) => audit(log) },
  { name: 'discrepancies', most: 4, read: (log: readonly VisitEvent[]) => discrepancies(log) },
  {
    name: 'reconcile',
    most: 2,
    read: (log: readonly VisitEvent[]) => reconcile({ log, basedOn: log.length, commands: [refused('z-1', 999)] }),
  },
])('$name reads the data of a log with twice the reports at most $most times as often', ({ most, read }) => {
  const [some, twice] = [logOf(60), logOf(120)];
  expect(audit(some)).toMatchObject({ clean: true, debts: { length: 30 } });
  expect(readsOf(twice, read) / readsOf(some, read)).toBeLessThan(most + 0.25);
});
