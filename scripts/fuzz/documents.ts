import { readdirSync, readFileSync } from 'node:fs';
import { commandTypes } from 'auxilio';
import { command } from 'auxilio/testing';
import { parseCommand, parseEvent } from 'auxilio/wire';
import { grouped } from './grouped.ts';

const golden = ['v1', 'v3'].map((version) => new URL(`../../test/golden/${version}/`, import.meta.url));
const day = new URL('../../examples/data/day.commands.ndjson', import.meta.url);

const linesOf = (file: URL): string[] => readFileSync(file, 'utf8').split('\n');

/** The stored logs of versions 1 and 3, each a list of lines. */
export const logs: readonly (readonly string[])[] = golden.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.events.ndjson'))
    .sort()
    .map((name) => linesOf(new URL(name, folder)).filter((line) => parseEvent(line).ok)),
);

/** The commands of the day, those of each visit a list of lines. */
export const days: readonly (readonly string[])[] = [
  ...grouped(
    linesOf(day).filter((line) => parseCommand(line).ok),
    (line) => JSON.parse(line).data.visitId,
  ).values(),
];

/** A command of each type with every field that it may have: the day has not every act. */
const samples = commandTypes.map((type) => JSON.stringify(command(type)));

/** Valid messages, by type. */
export const documents: ReadonlyMap<string, readonly string[]> = grouped(
  [...logs, ...days, samples].flat(),
  (line) => JSON.parse(line).type,
);
