import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { days, documents, logs } from './documents.ts';
import { oddities } from './edge-values.ts';
import { fieldNames, fieldWords } from './fields.ts';

const commandTypes = new Set(days.flat().map((line): string => JSON.parse(line).type));

/** The shortest and the longest message of each type. */
const messages = (isWanted: (type: string) => boolean): string[] =>
  [...documents].flatMap(([type, lines]) => {
    const sorted = lines.toSorted((a, b) => a.length - b.length);
    return isWanted(type) ? [sorted.at(0) ?? '', sorted.at(-1) ?? ''] : [];
  });

/** The beginning of each list of lines, and the whole. */
const texts = (lists: typeof logs): string[] => lists.flatMap((list) => [list.slice(0, 4).join('\n'), list.join('\n')]);

/** The choice of a type, and then any: see `ofBytes`. */
const choices = (type: number) =>
  Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? type : (type * 37 + at * 101) % 251));

type Target = {
  /** The function of `target.ts` that takes the bytes. */
  readonly name: string;
  readonly isAsync: boolean;
  readonly maxLength: number;
  /** The inputs that it starts from. */
  readonly seeds: readonly (string | Uint8Array)[];
};

/** The subject of the fuzzer. */
export const targets: readonly Target[] = [
  { name: 'command', isAsync: false, maxLength: 16_384, seeds: messages((type) => commandTypes.has(type)) },
  { name: 'event', isAsync: false, maxLength: 16_384, seeds: messages((type) => !commandTypes.has(type)) },
  { name: 'message', isAsync: false, maxLength: 256, seeds: [...documents.keys()].map((_, type) => choices(type)) },
  { name: 'log', isAsync: true, maxLength: 32_768, seeds: texts(logs) },
  { name: 'day', isAsync: true, maxLength: 32_768, seeds: texts(days) },
];

/** Writes the seeds of a target to a folder, a file each. */
export function writeSeeds(target: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const seeds = targets.find(({ name }) => name === target)?.seeds ?? [];
  for (const [index, seed] of seeds.entries()) writeFileSync(join(folder, `seed-${index}`), seed);
}

const quoted = (text: string): string =>
  `"${[...new TextEncoder().encode(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`;

const hostile = ['__proto__', 'constructor', 'toString'];
const escapes = ['\\u0000', '\\ud800', '\\u202e', '1e309', '-0', '}}', '\n'];

/**
 * Names of fields, alone and with a value, words that fields allow, and odd values, with and without their quotes, as
 * libFuzzer reads a dictionary.
 */
export function dictionary(): string {
  const names = [...fieldNames, ...hostile].flatMap((name) => [`"${name}":`, `"${name}":1,`, `"${name}":{},`]);
  const words = [...fieldWords].map((word) => JSON.stringify(word));
  const odd = oddities.flatMap((value) => [JSON.stringify(value), JSON.stringify(value).replace(/^"(.+)"$/, '$1')]);
  const short = odd.filter((text) => text.length < 60);
  return [...new Set([...names, ...words, ...short, ...escapes])].map(quoted).join('\n');
}
