import { expect, it } from 'vitest';
import { advance, command, eventsAfter } from '../../src/testing.ts';
import { eventTypes, schemaVersionOf } from '../../src/visit/index.ts';
import { everyEvent } from './fold-values.ts';

it('an event has version 2 where it says what version 1 cannot, else 1', () => {
  const second = ['ActAnnulled', 'TimeCorrected', 'DiscrepancyReported', 'DiscrepancySettled', 'FactsAttested'];
  const log = everyEvent();
  const missing = 'give an event that is missing to `everyEvent` of test/visit/fold-values.ts';
  expect(new Set(log.map(({ type }) => type)), missing).toEqual(new Set(eventTypes));
  for (const event of log) {
    const version = `${event.type}: an event that a later version added goes into the list of test/visit/schema-version.test.ts`;
    expect(schemaVersionOf(event), version).toBe(second.includes(event.type) ? 2 : 1);
  }
});

it('an amended case number has version 2, and no other amendment', () => {
  const amended = (data: object) => advance(eventsAfter('AssignVisit'), command('AmendAssignment', data)).at(-1)!;
  expect(schemaVersionOf(amended({ caseNumber: 'EXP-9', place: 'Heredia' }))).toBe(2);
  expect(schemaVersionOf(amended({ place: 'Heredia' }))).toBe(1);
});

it('is 1 for a type that this release does not know', () => {
  expect(schemaVersionOf({ type: 'WallPainted', data: {} } as never)).toBe(1);
});
