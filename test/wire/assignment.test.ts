import { describe, expect, it } from 'vitest';
import { parseCommand, parseEvent } from './bare.ts';
import { act } from './chapter.ts';
import { command, event, samples, without } from './samples.ts';

describe('1.1-13 the visit is assigned', () => {
  act(
    'AssignVisit',
    ['instructions', 'requiredShots', 'edition', 'policyId'],
    [
      [{ client: { name: ' ' } }, '/data/client/name', 'blank'],
      [{ client: { name: 'Ana', title: 'señora' } }, '/data/client/title', 'invalid-value'],
      [{ client: { name: 'Ana', cedula: '1-1111-1111' } }, '/data/client', 'unrecognized-key'],
      [{ provider: { name: 'Luis' } }, '/data/provider/id', 'missing'],
      [{ provider: { id: '-1', name: 'Luis' } }, '/data/provider/id', 'invalid-id'],
      [{ arriveBy: 'mañana' }, '/data/arriveBy', 'invalid-instant'],
      [{ requiredShots: ['antes', ''] }, '/data/requiredShots/1', 'blank'],
      [{ edition: 'A'.repeat(64) }, '/data/edition', 'invalid-sha256'],
      [{ visitId: '' }, '/data/visitId', 'invalid-id'],
      [{ place: 'a'.repeat(2001) }, '/data/place', 'too-long'],
    ],
  );

  it('0-01 the edition may be left out of the command, not of the event', () => {
    expect(parseCommand({ ...command('AssignVisit'), data: without(samples.AssignVisit, ['edition']) }).ok).toBe(true);
    const assigned = event('AssignVisit');
    expect(parseEvent({ ...assigned, data: without(assigned.data, ['edition']) })).toStrictEqual({
      ok: false,
      issues: [{ path: '/data/edition', code: 'missing' }],
    });
  });

  act(
    'AmendAssignment',
    ['caseNumber', 'client', 'service', 'instructions', 'place', 'arriveBy', 'requiredShots'],
    [
      [{ client: {} }, '/data/client/name', 'missing'],
      [{ service: '\u200b' }, '/data/service', 'blank'],
    ],
  );
});
