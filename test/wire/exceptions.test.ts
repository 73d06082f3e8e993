import { describe, expect, it } from 'vitest';
import { parseCommand } from './bare.ts';
import { act } from './chapter.ts';
import { command } from './samples.ts';

describe('1.1-30, 2.1-01 and 2.2-08 the exceptions', () => {
  act('EscalateClientImpact', ['noticedAt'], [[{ what: '   ' }, '/data/what', 'blank']]);
  act('ReportConductBreach', ['detail'], [[{ kind: 'late' }, '/data/kind', 'invalid-value']]);
  act('DeclineOffContractRequest', ['detail'], [[{ activity: 'painting' }, '/data/activity', 'invalid-value']]);
  act('PerformOffContractAct', ['detail'], [[{ activity: '' }, '/data/activity', 'blank']]);

  it('1.1-30 an act on the host’s own list may have any name', () => {
    expect(parseCommand(command('PerformOffContractAct', { activity: '__proto__' })).ok).toBe(true);
  });
});
