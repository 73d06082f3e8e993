/** Checked by the compiler: `npx tsc --noEmit`. Nothing here runs. */
import type * as z from 'zod/mini';
import type { explain } from '../../src/locale/index.ts';
import type {
  CommandOf,
  CommandType,
  Completed,
  EventMessage,
  EventOf,
  EventType,
  EventTypeOf,
  IdentityValidated,
  MaterialsRejected,
  Paused,
  PhotosSubmitted,
  ProviderArrived,
  ReportedViolation,
  Resumed,
  TransitIssueReported,
  VisitCommand,
  VisitEvent,
  WorkStarted,
} from '../../src/messages/index.ts';
import type { acts } from '../../src/wire/schemas.ts';

/** Without `readonly`, intersections folded, all the way down: what is left to compare is fields and optionality. */
type Plain<T> = unknown extends T
  ? T
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { -readonly [Key in keyof T]: Plain<T[Key]> }
      : T;

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? ([A, B] extends [B, A] ? true : false) : false;

type All<Truths> = Exclude<Truths, true> extends never ? true : false;

const holds = <Truth extends true>(..._truth: Truth[]): void => {};

type Acts = typeof acts;
type Output<Build extends () => z.core.$ZodType> = z.output<ReturnType<Build>>;

type Agree<A, B> = Same<A, B> extends true ? true : 'its schema in src/wire is not its type in src/messages';

/** For each command: whether its schema gives exactly its type. */
type CommandsAgree = {
  [T in CommandType]: Agree<Plain<Output<Acts[T]['commandSchema']>>, Plain<CommandOf<T>>>;
};

/** For each event, by its command: whether its schema gives exactly its type. */
type EventsAgree = {
  [T in CommandType]: Agree<Plain<Output<Acts[T]['eventSchema']>>, Plain<EventOf<T>>>;
};

const commands = {} as CommandsAgree satisfies Record<CommandType, true>;
const events = {} as EventsAgree satisfies Record<CommandType, true>;
void [commands, events];

holds<All<CommandsAgree[CommandType]>>();
holds<All<EventsAgree[CommandType]>>();

/** Each is assignable to the other as it is, but for arrays, which are readonly in the types written by hand. */
type Assignable<A, B> = [A] extends [B] ? true : false;
holds<All<{ [T in CommandType]: Assignable<Output<Acts[T]['commandSchema']>, CommandOf<T>> }[CommandType]>>();
holds<All<{ [T in CommandType]: Assignable<Output<Acts[T]['eventSchema']>, EventOf<T>> }[CommandType]>>();
holds<All<{ [T in CommandType]: Assignable<Plain<CommandOf<T>>, Output<Acts[T]['commandSchema']>> }[CommandType]>>();
holds<All<{ [T in CommandType]: Assignable<Plain<EventOf<T>>, Output<Acts[T]['eventSchema']>> }[CommandType]>>();

/** The acts of the schemas, of the unions and of the map are the same, one event each. */
holds<Same<keyof Acts, CommandType>>();
holds<Same<keyof EventTypeOf, CommandType>>();
holds<Same<EventTypeOf[CommandType], EventType>>();
holds<Same<{ [T in CommandType]: Acts[T]['command'] }, { [T in CommandType]: T }>>();
holds<Same<Plain<{ [T in CommandType]: Acts[T]['event'] }>, Plain<EventTypeOf>>>();
holds<Same<CommandOf<CommandType>, VisitCommand>>();
holds<Same<EventOf<CommandType>, VisitEvent>>();

/** The nine names fixed by those who asked for the library. */
type Named<E extends EventMessage<string, unknown>, Type extends string> = All<
  Same<E['type'], Type> | Assignable<E, VisitEvent>
>;
holds<Named<ProviderArrived, 'ProviderArrived'>>();
holds<Named<IdentityValidated, 'IdentityValidated'>>();
holds<Named<PhotosSubmitted, 'PhotosSubmitted'>>();
holds<Named<MaterialsRejected, 'MaterialsRejected'>>();
holds<Named<WorkStarted, 'WorkStarted'>>();
holds<Named<Paused, 'Paused'>>();
holds<Named<Resumed, 'Resumed'>>();
holds<Named<Completed, 'Completed'>>();
holds<Named<TransitIssueReported, 'TransitIssueReported'>>();

/** An optional field is absent, never undefined. */
const event: WorkStarted = {
  type: 'WorkStarted',
  data: { visitId: 'v-1', at: '2026-03-09T14:05:00.000Z', by: { role: 'provider', id: 'p-1' } },
};
// @ts-expect-error metadata may be absent, not undefined
const withUndefined: WorkStarted = { ...event, metadata: undefined };
// @ts-expect-error messages are read only
event.data.at = '';
void withUndefined;

/** The comparison itself tells apart what it should. */
// @ts-expect-error an optional field is not a required one
holds<Same<{ a?: 1 }, { a: 1 }>>();
// @ts-expect-error nor one that may be undefined
holds<Same<{ a?: 1 }, { a?: 1 | undefined }>>();
// @ts-expect-error a field too many
holds<Same<Plain<{ a: 1 }>, Plain<{ a: 1; b?: 2 }>>>();
// @ts-expect-error a word too many
holds<Same<'a' | 'b', 'a'>>();
// @ts-expect-error all means all
holds<All<true | false>>();

// A rule of a reported act, which has no facts, can be explained as it is.
holds<ReportedViolation extends Parameters<typeof explain>[0] ? true : false>();
