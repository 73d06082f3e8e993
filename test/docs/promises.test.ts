import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Statements that are no promise of the library: a warning, or a word about something else. */
const NO_PROMISE = 'no promise';

/** The statements of the pages that promise something for every case, each by a part of it, with the test that shows it. */
const shownBy: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'README.md': {
    'Nothing is lost or recorded twice': 'test/service/sync-model.test.ts',
    'It never refuses an act': 'test/visit/lateness.test.ts',
    'exactly once by `commandId`': 'test/service/exactly-once.test.ts',
  },
  'SECURITY.md': {
    'issues have a path and a code, never the input': 'test/wire/laws.test.ts',
    'is broken or was never verified': 'test/service/integrity.test.ts',
    'always with an asynchronous one that lags': NO_PROMISE,
  },
  'docs/compatibility.md': {},
  'docs/how-to/validate-input.md': {
    'It never throws': 'test/wire/laws.test.ts',
    'It never contains a value of the input': 'test/wire/laws.test.ts',
  },
  'docs/how-to/guide-a-phone-screen.md': {},
  'docs/how-to/draw-a-form.md': {
    'It never has an answer, a time or a call': 'test/forms/known.test.ts',
  },
  'docs/how-to/serve-visits.md': {
    '`issues` give the path and the code, never the value': 'test/examples/http/bad-input.test.ts',
    '64 KiB at most, 10 MiB for a photograph': 'test/examples/http/bad-input.test.ts',
    'A batch has at most 100 commands and 64 KiB': 'test/examples/http/sync.test.ts',
    'at most 100 at once': 'test/examples/http/assignments.test.ts',
    'noted at most once in five minutes': 'test/examples/http/devices.test.ts',
    'so that nothing is lost': 'test/examples/http/devices.test.ts',
    'at most 64 MiB and 10,000 lines': 'test/examples/http/devices.test.ts',
    'A slow reader skips intermediate rows, never the last': 'test/examples/http/board.test.ts',
  },
  'docs/how-to/ship-one-language.md': {},
  'docs/how-to/correct-a-mistake.md': {
    'A log is never edited': 'test/stores/sqlite.test.ts',
  },
  'docs/how-to/accept-offline-work.md': {
    'at most `LIMITS.batchCommands` commands': 'test/service/sync.test.ts',
    'stored and never judged': 'test/service/service.test.ts',
  },
  'docs/how-to/back-up-a-store.md': {
    'It never overwrites a file': 'test/stores/sqlite-backup.test.ts',
    'Never delete `-wal`': NO_PROMISE,
    'are never handled': NO_PROMISE,
  },
  'docs/how-to/erase-personal-data.md': {},
  'docs/how-to/make-a-report.md': {},
  'docs/how-to/waive-a-rule.md': { 'A rule cannot always be met': NO_PROMISE },
  'docs/test-your-handler.md': {
    'As always under jest': NO_PROMISE,
  },
};

const promising = /\b(?:never|always|at most|ends after|is found|exactly once|nothing is lost)\b/i;

/** The sentences and cells of a page, but those of its code. */
const sentencesOf = (page: string) =>
  readFileSync(page, 'utf8')
    .replaceAll(/^```.*?^```/gms, '')
    .replaceAll(/\s*\n(?![\n|#-])\s*/g, ' ')
    .split(/(?<=[.:?!])\s+|\n+|\s\|\s/);

describe('the promises of the pages', () => {
  it.each(Object.entries(shownBy))('%s: each names the test that shows it', (page, shown) => {
    const promises = sentencesOf(page).filter((sentence) => promising.test(sentence));
    const parts = Object.keys(shown);
    expect(promises.filter((sentence) => !parts.some((part) => sentence.includes(part)))).toEqual([]);
    expect(parts.filter((part) => !promises.some((sentence) => sentence.includes(part)))).toEqual([]);
    expect(Object.values(shown).filter((test) => test !== NO_PROMISE && !existsSync(test))).toEqual([]);
  });

  it('of the architecture stand in rows that name tests', () => {
    const rows = readFileSync('ARCHITECTURE.md', 'utf8')
      .split('\n')
      .filter((line) => promising.test(line) && line.startsWith('|'));
    expect(rows.length).toBeGreaterThan(5);
    const isShown = (row: string) => /`test\/|`npm run |at most 200 lines/.test(row);
    expect(rows.filter((row) => !isShown(row))).toEqual([]);
  });
});
