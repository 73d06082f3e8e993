import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** A statement that is no promise of the library: a warning, a figure, a status, or a word about something else. */
const NO_PROMISE = 'no promise';

/** A test, by its file and a part of its title. */
type Shown = typeof NO_PROMISE | readonly [file: string, title: string];

/** Pages of figures and of tables that are made: *never* is a mutant or a verdict there, *at most* a bar of a benchmark. */
const figures: ReadonlySet<string> = new Set([
  'docs/mutation.md',
  'docs/performance.md',
  'docs/reference/commutation.md',
]);

/** The statements of the pages that promise something for every case, each by a part of it, with the test that shows it. */
const shownBy: Readonly<Record<string, Readonly<Record<string, Shown>>>> = {
  'README.md': {
    'Nothing is lost or recorded twice': ['test/world/world.test.ts', 'what was told holds, and all comes to rest'],
  },
  'docs/entries.md': {
    'exactly once by `commandId`': [
      'test/service/exactly-once.test.ts',
      'is answered as the first time, though the visit went on',
    ],
    'a sync that loses nothing': ['test/world/world.test.ts', 'what was told holds, and all comes to rest'],
  },
  'docs/comparison.md': {
    'Exactly once by command id': [
      'test/service/exactly-once.test.ts',
      'is answered as the first time, though the visit went on',
    ],
  },
  'docs/how-to/erase-personal-data.md': {
    'by **whole** words of names': [
      'test/privacy/search.test.ts',
      'finds whole words, and a case number whole or by its last four digits; answers opened texts',
    ],
  },
  'docs/how-it-is-tested.md': { 'reads the pages for words such as': NO_PROMISE },
  'docs/tutorial/index.md': {
    'stores each command exactly once': [
      'test/service/exactly-once.test.ts',
      'is answered as the first time, though the visit went on',
    ],
  },
  'docs/tutorial/1-a-first-visit.md': {
    'You never write an event yourself': NO_PROMISE,
  },
  'docs/tutorial/3-data-from-outside.md': {
    'the path and the code of each, never the value': ['test/wire/laws.test.ts', 'says nothing of the value'],
    'never taken from the body': NO_PROMISE,
  },
  'docs/tutorial/6-work-without-a-signal.md': {
    'the first completion by itself': ['test/docs/tutorial.test.ts', 'can be carried out'],
    'Nothing is lost': ['test/world/world.test.ts', 'what was told holds, and all comes to rest'],
  },
  'SECURITY.md': {
    'issues have a path and a code, never the input': ['test/wire/laws.test.ts', 'says nothing of the value'],
    'is broken or was never verified': ['test/service/integrity.test.ts', 'for load, rows, queue and payment'],
    'and may be lost when a standby is promoted': NO_PROMISE,
    'always with an asynchronous one that lags': NO_PROMISE,
  },
  'docs/cli.md': {
    'never stops the rest': ['test/cli/audit.test.ts', 'is a log whose text is not UTF-8: the rest is audited'],
    '215 MB at most for 100 MB': NO_PROMISE,
    'A log without seals was never verified': ['test/cli/integrity.test.ts', 'nobody looked at it, and pays it'],
    'only with `--force`': ['test/cli/report.test.ts', 'replaces a file that is there only when it is forced to'],
    'The terminal is always restored': ['test/cli/terminal.test.ts', 'is as it was after standard output was full'],
  },
  'docs/explorer.md': {
    'a rule that never refuses, a role': ['test/explorer/faults.test.ts', 'a rule that never refuses'],
    'so that a faulty policy is found': [
      'test/explorer/faults.test.ts',
      'that waives a rule shows it as one that never refuses',
    ],
    '`acts` that were tried and never accepted': ['test/explorer/faults.test.ts', 'a start that is never accepted'],
    'number of states to visit at most': ['test/explorer/limits.test.ts', 'stops at about so many states'],
    'always has the same id': NO_PROMISE,
    'photographs that were sent and never taken': NO_PROMISE,
    'a photograph that was never taken': NO_PROMISE,
    'These must always be refused': ['test/explorer/faults.test.ts', 'a role that is let through'],
    'A `verdict` is *always*': NO_PROMISE,
    'which the default policy never allows': [
      'test/explorer/explorer.test.ts',
      'fires every act but the one that the default policy never allows',
    ],
  },
  'docs/field.md': {
    'so that nothing is lost that was not sent': [
      'test/replica/leaving.test.ts',
      'are those of one person: another of the device has others',
    ],
  },
  'docs/glossary.md': {
    'Never changed, only appended': ['test/stores/sqlite-file.test.ts', 'refuse %s, from any connection'],
    'exactly once': ['test/service/subscription-model.test.ts', 'writes each event once and in order'],
    'can never be handled': NO_PROMISE,
    'Kept, never judged': ['test/service/sync.test.ts', 'keeps who let it be done'],
  },
  'docs/offline-phone.md': {
    'and it loses nothing': ['test/browser/offline-phone.test.ts', 'is reloaded without one, and loses nothing'],
  },
  'docs/reliability.md': {
    '**Nothing lost** means': NO_PROMISE,
    'every acknowledged event is stored exactly once': [
      'test/testing/store/saboteurs.test.ts',
      'an honest store passes',
    ],
    'acknowledged events may be lost, under synchronous': NO_PROMISE,
    'Half of the cuts fall': NO_PROMISE,
    'every event acknowledged before the cut': NO_PROMISE,
    'each append within 1.4 s': NO_PROMISE,
    'the status never says *received* before': [
      'test/replica/answering.test.ts',
      'keeps nothing from the record that does not depend on it',
    ],
    'nothing lost, doubled or invented': NO_PROMISE,
    'all ten boards agreed': NO_PROMISE,
  },
  'docs/spec.md': {
    'at most the last interval of work is open': ['test/spec/spec.test.ts', 'agrees with the library at every step'],
  },
  'docs/store-conformance.md': {
    '`append` is always tested': ['test/testing/store/conformance.test.ts', 'is run, and append always'],
    'without a vacuum that runs by itself': NO_PROMISE,
    'events that were read never change': [
      'test/testing/store/saboteurs.test.ts',
      'by every case of the suite: each kills one',
    ],
    'an event id is stored once': [
      'test/testing/store/saboteurs.test.ts',
      'by every case of the suite: each kills one',
    ],
    'in an order that never changes': [
      'test/testing/store/saboteurs.test.ts',
      'by every case of the suite: each kills one',
    ],
    'no acknowledged event is lost': ['test/testing/store/history.test.ts', 'a history in which'],
    'Each is found by the case named for it': [
      'test/testing/store/saboteurs.test.ts',
      'a store with one fault is noticed',
    ],
  },
  'docs/test-your-handler.md': {
    'As always under jest': NO_PROMISE,
  },
  'docs/decisions/0002-the-policy.md': {
    'a hard rule is never waived': [
      'test/visit/waivers.test.ts',
      'a waiver that is given otherwise, or of anything else',
    ],
    'delays are measured, never refused': ['test/visit/lateness.test.ts', 'an act is not refused because it is late'],
  },
  'docs/decisions/0003-rule-ids.md': {
    'never changes its meaning': NO_PROMISE,
    'It never refuses a command': ['test/laws/well-formed.test.ts', 'refuses nothing that the parser accepts'],
  },
  'docs/decisions/0004-readings-of-the-protocol.md': { 'sent but never taken': NO_PROMISE },
  'docs/decisions/0005-what-the-wire-refuses.md': {
    '`decide` and `evolve` never throw': ['test/laws/core.test.ts', 'the laws of the core'],
    'so that it never stores an event': ['test/service/well-formed.test.ts', 'that the wire would not let in again'],
    'An issue never repeats a value': ['test/wire/laws.test.ts', 'says nothing of the value'],
    'at most 32 ASCII letters': NO_PROMISE,
  },
  'docs/decisions/0007-now-in-a-handled-command.md': {
    '`now` is never read': [
      'test/visit/decider.test.ts',
      'takes the now of a command handler, and does not pass it on',
    ],
  },
  'docs/decisions/0008-the-readers.md': { 'it was never done': NO_PROMISE },
  'docs/decisions/0009-the-chain.md': {
    'deletes the key of a visit, never a row': ['test/chain/codec.test.ts', 'verifies after the keys are deleted'],
  },
  'docs/decisions/0010-postgres.md': {
    'prepared and never ended': NO_PROMISE,
    'at most 2,700 bytes': NO_PROMISE,
    '`ALWAYS` trigger': NO_PROMISE,
  },
  'docs/decisions/0011-visits-kept-in-memory.md': {
    'is never the basis of a response': ['test/service/state-cache.test.ts', 'is judged as others left it'],
    'is found stale and dropped': [
      'test/service/state-cache.test.ts',
      'is read whole if the store no longer has what was kept',
    ],
  },
  'docs/decisions/0012-workers.md': { 'never sent between threads': NO_PROMISE },
  'docs/decisions/0013-appends-of-one-turn.md': {
    'is found before anything of that append': [
      'test/stores/sqlite-group-commit.test.ts',
      'are one transaction though one of them is refused',
    ],
    'is tried by itself, and fails alone': [
      'test/stores/sqlite-group-commit.test.ts',
      'do not fail with one that cannot be written',
    ],
    'would never be grouped': NO_PROMISE,
    'whose effect has run is never retried': ['test/stores/sqlite-patience.test.ts', 'an effect runs once'],
  },
  'docs/decisions/0014-transient-and-poison.md': {
    'is found within seconds': ['test/service/starvation.test.ts', 'then those behind are handled within'],
    'always failed made 18,565 calls': NO_PROMISE,
    '10 s at most': ['test/service/retries.test.ts', 'is tried again after pauses that double'],
    'A handler that never returns': [
      'test/service/retries.test.ts',
      'that never answers is abandoned after its timeout',
    ],
  },
  'docs/decisions/0015-generations-of-rows.md': { 'Locks of checkpoints are always taken first': NO_PROMISE },
  'docs/decisions/0018-corrections.md': {
    'for a case that most logs never have': NO_PROMISE,
    'for a message that most logs never have': NO_PROMISE,
    'At most 200,000 events and acts': [
      'test/reconciling/discrepancies.test.ts',
      'says that it gave up where two are not enough',
    ],
  },
  'docs/decisions/0019-what-phones-hand-in.md': {
    'at a place that never moves': [
      'test/examples/http/sync.test.ts',
      'hands in what they recorded, and sees the log up to their replacement',
    ],
  },
  'docs/decisions/0020-a-replica.md': {
    'is recorded once, and whatever': [
      'test/replica/refetch.test.ts',
      'recognises what another phone of the same provider has brought back',
    ],
    'refetching by itself in `sync`': NO_PROMISE,
    'so a queue that waits for its marks': NO_PROMISE,
  },
  'docs/decisions/0021-begin-a-new-log.md': {
    '2 s at most': [
      'test/stores/indexeddb-lifecycle.test.ts',
      'is that of the last session where none can be begun: a write goes on',
    ],
  },
  'docs/how-to/accept-offline-work.md': {
    'at most `LIMITS.batchCommands` commands': ['test/service/sync.test.ts', 'of too many commands'],
    'stored and never judged': ['test/service/sync.test.ts', 'keeps who let it be done'],
  },
  'docs/how-to/add-a-phrase.md': {
    'never an empty text': ['test/reading/script.test.ts', 'are given every fact, or null'],
  },
  'docs/how-to/audit-a-third-party-log.md': {
    'never with their contents': ['test/logs/hostile-sheet.test.ts', 'never says what stood in a cell'],
    'It always writes a draft:': ['test/cli/guess.test.ts', 'says what a draft lacks that cannot be read yet'],
  },
  'docs/decisions/0027-histories.md': {
    'proves nothing by itself': ['test/world/postgres/failover.test.ts', 'one before it, committed after it, is not'],
    'A checkpoint that the store keeps is never refused': [
      'test/world/postgres/failover.test.ts',
      'handles each event of the new history',
    ],
    'never need a rebuild after a promotion': [
      'test/world/postgres/failover.test.ts',
      'writes no row of an event that is gone',
    ],
  },
  'docs/how-to/back-up-a-store.md': {
    'It never overwrites a file': ['test/stores/sqlite-backup.test.ts', 'writes over no file, whatever is in it'],
    'Never delete `-wal`': NO_PROMISE,
    'The same command id is handled once': [
      'test/service/exactly-once.test.ts',
      'is answered as the first time, though the visit went on',
    ],
  },
  'docs/how-to/correct-a-mistake.md': {
    'A log is never edited': ['test/stores/sqlite-file.test.ts', 'refuse %s, from any connection'],
  },
  'docs/how-to/draw-a-form.md': {
    'It never has an answer, a time or a call': ['test/forms/known.test.ts', 'are all that a guide leaves out'],
  },
  'docs/how-to/replicate-a-store.md': {
    'never goes back to a lower timeline': [
      'test/stores/postgres-hosts.test.ts',
      'although the one that was seen is gone',
    ],
  },
  'docs/how-to/seal-a-log.md': {
    'was removed, or never there': [
      'test/chain/verify.test.ts',
      'is unsealed, event by event, where nothing was sealed',
    ],
    'Ids, times and hashes are never encoded': [
      'test/service/personal-metadata.test.ts',
      'is stored in no row in clear, and ids, times and hashes are',
    ],
  },
  'docs/how-to/serve-a-replica.md': {
    'A round reads at most 1,000 pages': [
      'test/replica/wrong-answers.test.ts',
      'ends with the round, after 1,000 pages',
    ],
    'An answer has at most 32 MiB': [
      'test/replica/http-remote.test.ts',
      'reads no further than its limit, declared or not',
    ],
    'at most 100 and 64 KiB': ['test/replica/rounds.test.ts', 'given more than a batch may have'],
    'Never answer 500': NO_PROMISE,
  },
  'docs/how-to/serve-visits.md': {
    '`issues` give the path and the code, never the value': [
      'test/examples/http/bad-input.test.ts',
      'repeats no value of what was sent',
    ],
    '64 KiB at most, 10 MiB for a photograph': [
      'test/examples/http/bad-input.test.ts',
      'is 413, read no further than the limit',
    ],
    'A batch has at most 100 commands and 64 KiB': ['test/examples/http/sync.test.ts', 'more than 65 kB'],
    'at most 100 at once': ['test/examples/http/assignments.test.ts', 'lists a hundred at once'],
    'noted at most once in five minutes': [
      'test/examples/http/devices.test.ts',
      'are not noted again within five minutes',
    ],
    'so that nothing is lost': [
      'test/examples/http/devices.test.ts',
      'waits for an operator, once, and is reconciled when one vouches for it',
    ],
    'at most 64 MiB and 10,000 lines': [
      'test/examples/http/devices.test.ts',
      'reads no more lines than a phone writes',
    ],
    'A slow reader skips intermediate rows, never the last': [
      'test/examples/http/board.test.ts',
      'waits for a reader who is behind',
    ],
  },
  'docs/how-to/store-in-the-browser.md': {
    'the page is frozen counts for a tenth of it at most': [
      'test/stores/time-limit.test.ts',
      'counts for a part of it, however long it took',
    ],
    'Safari decides by itself': NO_PROMISE,
    'a device may be lost': NO_PROMISE,
  },
  'docs/how-to/subscribe.md': {
    'in an order that never changes': [
      'test/testing/store/saboteurs.test.ts',
      'by every case of the suite: each kills one',
    ],
    '**Exactly once, or at least once.**': NO_PROMISE,
    'exactly once.': ['test/service/subscription-model.test.ts', 'writes each event once and in order'],
    'never waits for the pauses': ['test/service/starvation.test.ts', 'then none of these waits'],
    'it waits 35 seconds at most': ['test/service/starvation.test.ts', 'then those behind are handled within'],
    'Each event is handled once': ['test/service/follow.test.ts', 'retries a parked stream up to the checkpoint'],
    'they are never behind': ['test/service/projections.test.ts', 'is written with the events or not at all'],
    'never fewer': ['test/service/rebuild.test.ts', 'never shows fewer rows nor leaves a stale one'],
  },
  'docs/how-to/validate-input.md': {
    'It never throws': ['test/wire/laws.test.ts', 'nothing is thrown, nothing is changed'],
    'It never contains a value of the input': ['test/wire/laws.test.ts', 'says nothing of the value'],
  },
  'docs/how-to/waive-a-rule.md': { 'A rule cannot always be met': NO_PROMISE },
  'docs/how-to/work-without-a-signal.md': {
    'No act may be lost': ['test/world/world.test.ts', 'what was told holds, and all comes to rest'],
    '`replica.start()` syncs by itself': ['test/replica/triggers.test.ts', 'run at the start, and every minute'],
    'the server never answered for what is here': [
      'test/replica/verdict.test.ts',
      'is unknown until the store was read',
    ],
    'and it is recorded once': [
      'test/replica/replica.test.ts',
      'sent again by the application under its id is recorded once',
    ],
    'It is sent again by itself after a minute': [
      'test/replica/isolating.test.ts',
      'is sent again by itself, and recorded once the server takes it',
    ],
  },
  'docs/reference/options.md': {
    'for them to be twins': ['test/reconciling/twins.test.ts', 'calls that are just near'],
    'A cached state is never trusted': ['test/service/state-cache.test.ts', 'is judged as others left it'],
    'together with the checkpoint, exactly once': [
      'test/service/subscription-model.test.ts',
      'writes each event once and in order',
    ],
    '`Infinity` for never': NO_PROMISE,
    'stops the thread for 3 ms at most': ['test/stores/sqlite-patience.test.ts', 'the thread waits 3 ms at a time'],
    'About how many states to visit at most': ['test/explorer/limits.test.ts', 'stops at about so many states'],
    'A checkpoint that the store itself keeps is never refused': [
      'test/world/postgres/failover.test.ts',
      'handles each event of the new history',
    ],
    'and may be lost when a standby is promoted': NO_PROMISE,
  },
};

/** Words by which a sentence promises something for every case. */
const promising =
  /\b(?:never|always|at most|ends after|is found|(?:exactly|recorded|stored|handled) once|nothing(?: is| was)? lost|loses nothing|may be lost|forever|by itself|within \d+)\b/i;

/** Every page of the docs, README and SECURITY; not pages of figures. */
const pages = [
  'README.md',
  'SECURITY.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .map((path) => `docs/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md') && !figures.has(path)),
];

/** The sentences and cells of a page, but those of its code. */
const sentencesOf = (page: string) =>
  readFileSync(page, 'utf8')
    .replaceAll(/^```.*?^```/gms, '')
    .replaceAll(/\s*\n(?![\n|#-])\s*/g, ' ')
    .split(/(?<=[.:?!])\s+|\n+|\s\|\s/);

/** True if a test file has a title, or a row of a table of tests, with these words. */
const hasTitle = (file: string, words: string) =>
  existsSync(file) &&
  readFileSync(file, 'utf8')
    .split('\n')
    .some((line) => line.includes(words) && /^\s*(?:\}?\)?\(|describe|it|inChromium|\[|'|`|"|\w+: ?')/.test(line));

describe('the promises of the pages', () => {
  it.each(pages)('%s: each names the test that shows it', (page) => {
    const shown = shownBy[page] ?? {};
    const promises = sentencesOf(page).filter((sentence) => promising.test(sentence));
    const parts = Object.keys(shown);
    expect(promises.filter((sentence) => !parts.some((part) => sentence.includes(part)))).toEqual([]);
    expect(parts.filter((part) => !promises.some((sentence) => sentence.includes(part)))).toEqual([]);
  });

  it('are shown by tests that are there', () => {
    const tests = Object.values(shownBy).flatMap((shown) => Object.values(shown).filter((test) => test !== NO_PROMISE));
    expect(tests.filter(([file, title]) => !hasTitle(file, title))).toEqual([]);
    expect(Object.keys(shownBy).filter((page) => !pages.includes(page))).toEqual([]);
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
