/** The story of a run, for people: what the seed decided, all that happened, in the order of virtual time, and what is wrong with it. */
import type { Outcome } from './run.ts';
import { DECISION, type Failure, type Line } from './world.ts';

/** The most lines that are printed of one check. */
const MOST_OF_A_CHECK = 5;

export function formatTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  return `${pad(Math.floor(seconds / 60), 2)}:${pad(seconds % 60, 2)}.${pad(Math.floor(ms % 1000), 3)}`;
}

/** The lines, of which several that say the same in a row are one. */
function joinRepeated(lines: readonly Line[]): readonly Line[] {
  const joined: { line: Line; times: number }[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (last?.line.who === line.who && last.line.text === line.text) last.times += 1;
    else joined.push({ line, times: 1 });
  }
  return joined.map(({ line, times }) => (times === 1 ? line : { ...line, text: `${line.text} (${times} times)` }));
}

/** The failures by check, with names of events in the place of their ids. */
function formatFailures(failures: readonly Failure[], names: Outcome['names']): readonly string[] {
  const withNames = (text: string) => text.replaceAll(/[\w.:/-]+/g, (word) => names.get(word) ?? word);
  const checks = new Set(failures.map(({ check }) => check));
  return [...checks].flatMap((check) => {
    const texts = failures.filter((failure) => failure.check === check).map(({ text }) => withNames(text));
    const more = texts.length - MOST_OF_A_CHECK;
    const shown = texts.slice(0, MOST_OF_A_CHECK).map((text) => `    ${text}`);
    return [`  Broken rule: ${check}`, ...shown, ...(more > 0 ? [`    and ${more} more`] : [])];
  });
}

export function formatStory(seed: number, { failures, lines, names, decisions }: Outcome): string {
  const width = Math.max(0, ...lines.map(({ who }) => who.length));
  return [
    `Seed ${seed}. Decisions: ${decisions.size}, each marked ${DECISION} before what follows from it.`,
    '',
    ...joinRepeated(lines).map(({ at, who, text }) => `${formatTime(at)}  ${who.padEnd(width)}  ${text}`),
    '',
    ...(failures.length === 0 ? ['Nothing is wrong.'] : ['What is wrong:', ...formatFailures(failures, names)]),
  ].join('\n');
}
