import { readdirSync, readFileSync } from 'node:fs';
import { commandTypes, evolve, initialState, type Phase, type VisitState } from 'auxilio';
import { command } from 'auxilio/testing';
import { parseCommand, parseEvent } from 'auxilio/wire';

/** The items in lists, by their key, in the order in which keys first come up. */
export function grouped<K, T>(items: Iterable<T>, keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

const golden = ['v1', 'v3', 'v5'].map((version) => new URL(`../../test/golden/${version}/`, import.meta.url));
const day = new URL('../../examples/data/day.commands.ndjson', import.meta.url);

const linesOf = (file: URL): string[] => readFileSync(file, 'utf8').split('\n');

/** The stored logs of versions 1, 3 and 5, each a list of lines. */
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

/** The last state in each phase that the stored logs pass through: the fullest one. */
function statesByPhase(): ReadonlyMap<Phase, VisitState> {
  const found = new Map<Phase, VisitState>([['unassigned', initialState()]]);
  for (const log of logs) {
    let state = initialState();
    for (const line of log) {
      const parsed = parseEvent(line);
      if (parsed.ok) state = evolve(state, parsed.value);
      found.set(state.phase, state);
    }
  }
  return found;
}

const states = [...statesByPhase().values()];

/** A state in each phase, all of one visit but that of no visit yet. */
export const statesOf = (visitId: string): readonly VisitState[] =>
  states.map((state) => (state.visitId === null ? state : Object.freeze({ ...state, visitId })));
