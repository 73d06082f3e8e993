/**
 * Writes the folders of `test/golden`: the output of each version of the events and of the state, never edited after
 * its release. `v1` holds a log of each visit of the day and its state of version 1; `v2` the states of version 2 of
 * the same logs, and logs that break the rules, with theirs. A release that writes other events, or folds them to
 * another state, adds a folder.
 *
 *   npx tsx scripts/golden.ts           writes the files of `v2` that are missing
 *   npx tsx scripts/golden.ts --check   writes nothing, and fails if a file is not what would be written now
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { VisitEvent } from '../src/messages/index.ts';
import { replay } from '../src/visit/index.ts';

const first = fileURLToPath(new URL('../test/golden/v1/', import.meta.url));
const second = fileURLToPath(new URL('../test/golden/v2/', import.meta.url));

const logOf = (visitId: string): VisitEvent[] =>
  readFileSync(`${first}${visitId}.events.ndjson`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** An event as another system wrote it, after those of a log and without an id. */
function stray(log: readonly VisitEvent[], type: VisitEvent['type'], data: object): VisitEvent {
  const last = log.at(-1) as VisitEvent;
  const { visitId, at } = last.data;
  const assigned = log.find((event) => event.type === 'VisitAssigned');
  const by = { role: 'provider', id: assigned?.type === 'VisitAssigned' ? assigned.data.provider.id : '' };
  return { type, data: { visitId, at, by, ...data } } as unknown as VisitEvent;
}

function afterTheEnd(): VisitEvent[] {
  const log = logOf('v-2026-0317-01');
  const supplied = { by: { role: 'client', id: 'client' }, suppliedBy: 'client' };
  return [
    ...log,
    stray(log, 'MaterialsSupplied', supplied),
    stray(log, 'Paused', { kind: 'second-visit' }),
    stray(log, 'ClientObjected', { by: supplied.by, what: 'gotea' }),
    stray(log, 'Completed', {}),
  ];
}

function formerProvider(): VisitEvent[] {
  const log = logOf('v-2026-0317-23');
  const change = log.findIndex(({ type }) => type === 'ProviderReassigned') + 1;
  const known = log.slice(0, change);
  const person = { person: 'client', fullNameGiven: true, documentShown: true };
  const late = (
    [
      ['ProviderArrived', {}],
      ['CredentialShown', {}],
      ['IdentityValidated', person],
      ['ToolsShown', { tools: ['llave'] }],
      ['WorkStarted', {}],
      ['Paused', { kind: 'second-visit' }],
      ['Resumed', { kind: 'second-visit' }],
      ['Completed', {}],
      ['VisitClosed', { outcome: 'cancelled' }],
    ] as const
  ).map(([type, data]) => stray(known, type, data));
  return [...known, ...late, ...log.slice(change)];
}

function otherCaseNumber(): VisitEvent[] {
  return logOf('v-2026-0317-01').map((event) =>
    event.type === 'CompletionReported' ? { ...event, data: { ...event.data, caseNumber: 'EXP-0' } } : event,
  );
}

/** Every file of the second folder, by its name. */
function goldenFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const put = (name: string, events: readonly VisitEvent[]) =>
    files.set(`${name}.state.json`, `${JSON.stringify(replay(events), null, 2)}\n`);
  for (const name of readdirSync(first).sort()) {
    const visitId = /^(.*)\.events\.ndjson$/.exec(name)?.[1];
    if (visitId !== undefined) put(visitId, logOf(visitId));
  }
  const unlawful = {
    'after-the-end': afterTheEnd(),
    'former-provider': formerProvider(),
    'other-case-number': otherCaseNumber(),
  };
  for (const [name, events] of Object.entries(unlawful)) {
    files.set(`${name}.events.ndjson`, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    put(name, events);
  }
  return files;
}

function main(): number {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const files = goldenFiles();
  if (values.check) return compare(files);
  mkdirSync(second, { recursive: true });
  const missing = [...files].filter(([name]) => !existsSync(`${second}${name}`));
  for (const [name, text] of missing) writeFileSync(`${second}${name}`, text);
  console.log(`${missing.length} files written, ${files.size - missing.length} left as they are`);
  return 0;
}

function compare(files: ReadonlyMap<string, string>): number {
  const other = [...files].filter(
    ([name, text]) => !existsSync(`${second}${name}`) || readFileSync(`${second}${name}`, 'utf8') !== text,
  );
  for (const [name] of other) console.error(`test/golden/v2/${name} is not what would be written now`);
  return other.length === 0 ? 0 : 1;
}

process.exitCode = main();
