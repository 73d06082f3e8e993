import { describe, expect, it } from 'vitest';
import { parseCommand, parseEvent } from './bare.ts';
import { act } from './chapter.ts';
import { command, event } from './samples.ts';

describe('1.1-44 to 1.3-04 the closing', () => {
  act(
    'TestQuality',
    ['withClient'],
    [
      [{ tests: [] }, '/data/tests', 'too-few-items'],
      [{ tests: [{ name: 'fuga' }] }, '/data/tests/0/passed', 'missing'],
    ],
  );

  it('whether all tests passed is the event’s to say', () => {
    const issues = [{ path: '/data', code: 'unrecognized-key' }];
    expect(parseCommand(command('TestQuality', { passed: true }))).toStrictEqual({ ok: false, issues });
    expect(parseEvent(event('TestQuality', { passed: false })).ok).toBe(true);
    expect(parseEvent(event('TestQuality', { passed: 'yes' }))).toStrictEqual({
      ok: false,
      issues: [{ path: '/data/passed', code: 'invalid-type' }],
    });
  });

  act('RecordConformity', []);
  act('RecordObjection', []);
  act('HandOverSite', ['structuralConditionPreserved', 'tidy', 'detail']);
  act('ShowBelongings', ['clientConfirmed', 'disputed']);
  act('ReportCompletion', ['caseNumber', 'call']);
  act('GiveFarewell', []);
  act('CompleteVisit', []);
  act('CloseVisit', ['reason']);

  it('the outcome of a closed visit is the event’s to say', () => {
    const issues = [{ path: '/data', code: 'unrecognized-key' }];
    expect(parseCommand(command('CloseVisit', { outcome: 'cancelled' }))).toStrictEqual({ ok: false, issues });
    expect(parseEvent(event('CloseVisit', { outcome: 'completed' }))).toStrictEqual({
      ok: false,
      issues: [{ path: '/data/outcome', code: 'invalid-value' }],
    });
  });
});
