import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseLine } from '../../src/logs/entry.ts';
import { findVisitId } from '../../src/logs/visit-id.ts';
import { Unreadable } from '../../src/reading/judging/log.ts';
import { visitAt } from '../../src/testing.ts';

const [event] = visitAt('in-transit').events;
const visitId = event?.data.visitId;
const line = (value: unknown) => JSON.stringify(value);

afterEach(() => vi.restoreAllMocks());

describe('a line of a log', () => {
  it.each([
    ['that is an event', line(event), 1],
    ['that is cut', line(event).slice(0, -3), 1],
    ['that is no event of this release', line({ ...event, type: 'Foreseen' }), 2],
    ['that has a command in place of an event', line({ ...event, type: 'AssignVisit' }), 2],
    ['that a store has added to', line({ kind: 'Event', ...event }), 2],
    ['that begins with a byte order mark', `\uFEFF${line(event)}`, 2],
  ])('%s is parsed as JSON no more than twice, and its visit found', (_, text, times) => {
    const parse = vi.spyOn(JSON, 'parse');
    expect(parseLine(7, text)).toMatchObject({ line: 7, visitId, text });
    expect(parse).toHaveBeenCalledTimes(times);
  });

  it('that a store has added to is its event; a command in its place is named', () => {
    expect(parseLine(1, line({ kind: 'Event', ...event })).entry).toEqual(event);
    const { entry } = parseLine(1, line({ ...event, type: 'AssignVisit' }));
    expect(entry).toBeInstanceOf(Unreadable);
    expect((entry as Unreadable).facts).toMatchObject({ command: 'AssignVisit' });
  });
});

describe('the visit of a line', () => {
  it.each([
    ['{"type":"X","data":{"visitId":"v-1","at":"x"}}', 'v-1'],
    ['{"data":{"visitId":"v-1","\\u0076isitId":"v-2"}}', 'v-2'],
    ['{"more":1,"data":{"visitId":"v-1"}}', 'v-1'],
    ['{"data":{"visitId":"v 1"}}', null],
    ['{"data":{"visitId":"v-1"', 'v-1'],
    ['{"data":{"visitId":"v-1","acts":[{"type":"X","data":{"visitId":"v-1"},"on":1},{"type":"Y","da', 'v-1'],
    // Lines whose break was lost hold acts of several visits, of which some cannot be known.
    ['{"data":{"visitId":"v-1"}}{"data":{"visitId":"v-2"}}', null],
    ['{"data":{"visitId":"v-1"}},"data":{"visitId":"v', null],
    ['{"type":"X","data":{"visitId":"v-1"}}{"ty', null],
    ['{"type":"X","data":{"visitId":"v-1","at":"20{"type":"Y","da', null],
    ['{"type":"Pau{"type":"Y","data":{"visitId":"v-1"}}', null],
    ['{"type":"X","data":{"vis{"type":"Y","data":{"visitId":"v-1"}}', null],
    ['{"data":{"visitId":"v-1","visitId":"v-2"}}', null],
    ['{"data":{"visitId":"v-1"},"data":{"visitId":"v-2"}}', null],
    ['{"data":{"visitId":"v-1","visitId":"v-1"}}', 'v-1'],
    ['{"type":"X","data":{"visitId":"v-1"v-2","at":"x"}}', null],
    ['{"type":"X","data":{"visitId":"v-1","at":"20sitId":"v-2"}}', null],
    ['7', null],
  ])('%s is %s', (line, visitId) => {
    expect(findVisitId(line)).toBe(visitId);
  });
});
