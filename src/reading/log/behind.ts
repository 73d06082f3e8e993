import type { VisitCommand, VisitEvent } from '../../messages/index.ts';
import { type Act, authorship } from '../../visit/act.ts';
import type { VisitState } from '../../visit/index.ts';

/** The command that an event came from: recorded by whoever typed it in, else by whose act it is. */
export function commandBehind(act: Act, { data }: VisitEvent): VisitCommand {
  const { by, recordedBy, ...own } = data;
  return { type: act.command, data: own, metadata: { actor: recordedBy ?? by } } as unknown as VisitCommand;
}

/** The fields of an event that are not as `decide` would have written them on that state. */
export function notAsDecided(act: Act, event: VisitEvent, command: VisitCommand, state: VisitState): string[] {
  const data = event.data as Readonly<Record<string, unknown>>;
  const written: Readonly<Record<string, unknown>> = {
    recordedBy: undefined,
    ...authorship(act, command.metadata.actor, state),
    ...act.adds(command.data as never, state),
  };
  return Object.keys(written).filter((field) => !isSameJson(written[field], data[field]));
}

/** Whether two small values are the same JSON: here texts, flags, and actors. */
function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one);
  const same = (key: string) =>
    isSameJson((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && same(key));
}
