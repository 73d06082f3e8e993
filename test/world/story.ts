/** The story of a run, for people: the decisions that are not benign, and all that happened, in the order of virtual time. */
import type { Outcome } from './run.ts';

function formatTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  return `${pad(Math.floor(seconds / 60), 2)}:${pad(seconds % 60, 2)}.${pad(Math.floor(ms % 1000), 3)}`;
}

export function formatStory(seed: number, { failures, lines, decisions }: Outcome): string {
  const width = Math.max(0, ...lines.map(({ who }) => who.length));
  return [
    `Seed ${seed}, ${decisions.size} decisions that are not 0:`,
    ...[...decisions].map(([name, value]) => `  ${name} = ${value}`),
    '',
    ...lines.map(({ at, who, text }) => `${formatTime(at)}  ${who.padEnd(width)}  ${text}`),
    '',
    ...(failures.length === 0 ? ['Nothing failed.'] : ['What failed:']),
    ...failures.map(({ check, text }) => `  ${check}: ${text}`),
  ].join('\n');
}
