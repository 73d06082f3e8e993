import type { VisitCommand } from 'auxilio';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The casting of a simulated visit for the demo: later by so much, under other ids, by other people. */
export type Casting = Readonly<{
  laterMs: number;
  ids: ReadonlyMap<string, string>;
  /** The providers who are named with their ids, by these. */
  people: ReadonlyMap<string, object>;
}>;

/** A value with every instant in it moved, and every known id replaced. */
export function recast<T>(value: T, casting: Casting): T {
  return replaced(value, casting) as T;
}

function replaced(value: unknown, casting: Casting): unknown {
  if (typeof value === 'string') {
    if (INSTANT.test(value)) return new Date(Date.parse(value) + casting.laterMs).toISOString();
    return casting.ids.get(value) ?? value;
  }
  if (Array.isArray(value)) return value.map((each) => replaced(each, casting));
  if (typeof value !== 'object' || value === null) return value;
  const { id, name } = value as Readonly<Record<string, unknown>>;
  const person = typeof name === 'string' && typeof id === 'string' ? casting.people.get(id) : undefined;
  if (person !== undefined) return person;
  // A client may bear the name of a provider.
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === 'client' ? each : replaced(each, casting)]),
  );
}

/** The ids and names of the people who are assigned in commands, in their order. */
export function providersIn(commands: readonly VisitCommand[]): readonly Readonly<{ id: string; name: string }>[] {
  const found = new Map<string, string>();
  for (const { type, data } of commands) {
    if (type !== 'AssignVisit' && type !== 'ReassignProvider') continue;
    if (!found.has(data.provider.id)) found.set(data.provider.id, data.provider.name);
  }
  return [...found].map(([id, name]) => ({ id, name }));
}
