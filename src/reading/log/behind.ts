import type { VisitCommand, VisitEvent } from '../../messages/index.ts';
import { type Act, authorship } from '../../visit/act.ts';
import type { VisitState } from '../../visit/index.ts';

/**
 * The command that an event came from: recorded by whoever typed it in, else by whose act it is. Its data are those of the
 * event, author included: no rule looks at him, and so no event is copied to leave him out.
 */
export function commandBehind(act: Act, { data }: VisitEvent): VisitCommand {
  return { type: act.command, data, metadata: { actor: data.recordedBy ?? data.by } } as unknown as VisitCommand;
}

/** The fields of an event that are not as `decide` would have written them on that state. */
export function notAsDecided(
  act: Act,
  event: VisitEvent,
  { data: asked, metadata }: VisitCommand,
  state: VisitState,
): readonly string[] {
  const data = event.data as Readonly<Record<string, unknown>>;
  const { by, recordedBy } = authorship(act, metadata.actor, state);
  const added = act.adds(asked as never, state) as Readonly<Record<string, unknown>>;
  let other = none;
  if (!isSameJson(recordedBy, data.recordedBy)) other = [...other, 'recordedBy'];
  if (!isSameJson(by, data.by)) other = [...other, 'by'];
  for (const field in added) if (!isSameJson(added[field], data[field])) other = [...other, field];
  return other;
}

const none: readonly string[] = [];

/** Whether two small values are the same JSON: here texts, flags, and actors. Makes no list of keys: this is asked of every event. */
function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  let more = 0;
  for (const key in one) {
    const [mine, its] = [(one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]];
    if (!Object.hasOwn(other, key) || !isSameJson(mine, its)) return false;
    more -= 1;
  }
  for (const _ in other) more += 1;
  return more === 0;
}
