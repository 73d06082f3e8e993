import type { CommandType, VisitCommand } from '../../src/messages/index.ts';
import { schedule } from '../../src/testing/visit-at.ts';
import { defaultPolicy, initialState } from '../../src/visit/index.ts';
import { acts, plainPath } from '../../src/visit/table.ts';

/** The acts of the plain visit that the protocol gained since the stories of the tests were written: none as it is now. */
const gained = plainPath.filter(({ command }) => command !== 'AssignVisit' && !schedule.includes(command));

/** The acts that are refused until another was done. */
const needing = (type: CommandType): readonly CommandType[] =>
  acts.filter(({ needs }) => needs.some(({ remedy }) => remedy.includes(type))).map(({ command }) => command);

/**
 * A story with each act that the protocol gained since it was written, right before the first act that needs it: as `make`
 * writes it down, with the data of its first witness.
 */
export function withGained<Step>(
  story: readonly Step[],
  typeOf: (step: Step) => string,
  make: (type: CommandType, data: object, next: Step) => Step,
): Step[] {
  const missing = new Map(gained.map((act) => [act, needing(act.command)]));
  return story.flatMap((step) => {
    const before = [...missing].filter(([, types]) => types.some((type) => type === typeOf(step)));
    for (const [act] of before) missing.delete(act);
    return [...before.map(([act]) => make(act.command, witnessOf(act), step)), step];
  });
}

/** The commands of a story with those of the acts that the protocol gained, by the same person and at the same time as the next. */
export const completed = (story: readonly VisitCommand[]): VisitCommand[] =>
  withGained(
    story,
    ({ type }) => type,
    (type, data, { data: { visitId, at }, metadata }) =>
      ({ type, data: { visitId, at, ...data }, metadata }) as unknown as VisitCommand,
  );

const witnessOf = ({ witnesses }: (typeof plainPath)[number]): object =>
  witnesses(initialState(), { at: '2026-03-17T14:00:00.000Z', policy: defaultPolicy })[0] ?? {};
