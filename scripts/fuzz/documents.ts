import { readdirSync, readFileSync } from 'node:fs';
import { parseCommand, parseEvent } from 'auxilio/wire';
import { grouped } from './grouped.ts';

const golden = new URL('../../test/golden/v1/', import.meta.url);
const day = new URL('../../examples/data/day.commands.ndjson', import.meta.url);

const linesOf = (file: URL): string[] => readFileSync(file, 'utf8').split('\n');

/** The stored logs of version 1, each a list of lines. */
export const logs: readonly (readonly string[])[] = readdirSync(golden)
  .filter((name) => name.endsWith('.events.ndjson'))
  .sort()
  .map((name) => linesOf(new URL(name, golden)).filter((line) => parseEvent(line).ok));

/** The commands of the day, those of each visit a list of lines. */
export const days: readonly (readonly string[])[] = [
  ...grouped(
    linesOf(day).filter((line) => parseCommand(line).ok),
    (line) => JSON.parse(line).data.visitId,
  ).values(),
];

/** Valid messages, by type. */
export const documents: ReadonlyMap<string, readonly string[]> = grouped(
  [...logs, ...days].flat(),
  (line) => JSON.parse(line).type,
);
