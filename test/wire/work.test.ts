import { describe } from 'vitest';
import { act } from './chapter.ts';

describe('1.1-26 to 1.1-49 the work', () => {
  act(
    'ShowTools',
    [],
    [
      [{ tools: ['llave', 7] }, '/data/tools/1', 'invalid-type'],
      [{ tools: Array(101).fill('llave') }, '/data/tools', 'too-many-items'],
    ],
  );
  act('ClearArea', []);
  act('ReportStart', ['call'], [[{ call: { at: '' } }, '/data/call/at', 'invalid-instant']]);
  act('DocumentStart', ['reference']);
  act('StartWork', []);
  act('PauseWork', ['notice', 'returnExpected'], [[{ kind: 'lunch' }, '/data/kind', 'invalid-value']]);
  act('ResumeWork', ['notice']);
});
