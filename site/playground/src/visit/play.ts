/** Plays an act: reads its form, judges it, and puts its event on the table. */
import { signal } from '@preact/signals';
import {
  type Actor,
  type CommandType,
  decide,
  type EventType,
  type Role,
  type Violation,
  type VisitCommand,
  type VisitState,
} from 'auxilio';
import { formsEn, formsEsCR, notForPeople, readForm, valuesOf } from 'auxilio/forms';
import { fromControls } from '../../../../examples/field/ui/time.ts';
import { language } from '../language.ts';
import { plausibleData, timeAfter } from './plausible.ts';
import { append, type Log, shown, state, travel } from './table.ts';

export type Entered = Readonly<Record<string, readonly string[]>>;

export type Outcome =
  | Readonly<{ kind: 'recorded'; event: EventType }>
  | Readonly<{ kind: 'refused'; command: CommandType; role: Role; violations: readonly Violation[] }>;

export const role = signal<Role>('contact-center');
/** The act whose form is open. */
export const opened = signal<CommandType | null>(null);
/** What became of the last act. */
export const outcome = signal<Outcome | null>(null);

export const formWords = () => (language.value === 'en' ? formsEn : formsEsCR);

/** The times of acts of a log that can be read. */
const timesIn = (log: Log) => log.map(({ data }) => data.at).filter((at) => !Number.isNaN(Date.parse(at)));

const proposed = (type: CommandType, log: Log, now: VisitState, by: Role) =>
  plausibleData(type, now, by, timeAfter(timesIn(log), type), language.value);

const LOCAL = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)$/;

/** The values with which a form begins. The controls of a time take an instant. */
export function prefilled(type: CommandType): Entered {
  const values = valuesOf(type, proposed(type, shown.value, state.value, role.value) as never, formWords());
  return Object.fromEntries(
    Object.entries(values).map(([name, entered]) => [
      name,
      entered.map((text) => {
        const [, day, time] = LOCAL.exec(text) ?? [];
        return (day !== undefined && time !== undefined && fromControls(day, time)) || text;
      }),
    ]),
  );
}

/** Goes to another moment. A form that is open, and what became of the last act, are of the one that is left. */
export function goTo(count: number): void {
  opened.value = null;
  outcome.value = null;
  travel(count);
}

const actorOf = (by: Role, { provider }: VisitState): Actor => ({
  role: by,
  id: by === 'provider' ? (provider?.id ?? 'prov-14') : by === 'client' ? 'client' : 'op-7',
});

/** The data of the act that the application adds. */
function ofHost(type: CommandType, now: VisitState): object {
  const data = Object.entries(proposed(type, shown.value, now, role.value));
  return Object.fromEntries(data.filter(([name]) => notForPeople(type).includes(name)));
}

/** Plays an act with what was entered; answers the problems of its form by field. */
export function play(type: CommandType, entered: Entered): Readonly<Record<string, string>> {
  const now = state.value;
  const read = readForm(type, entered, formWords(), { waivers: now.waivers });
  if (!read.ok) return Object.fromEntries(read.problems.map(({ name, message }) => [name, message]));
  const data = { visitId: now.visitId ?? 'v-1', ...ofHost(type, now), ...read.data };
  judge({ type, data, metadata: { actor: actorOf(role.value, now) } } as VisitCommand);
  return {};
}

function judge(command: VisitCommand): void {
  const decision = decide(command, state.value);
  if (!decision.ok) {
    const { violations } = decision.rejection;
    outcome.value = { kind: 'refused', command: command.type, role: command.metadata.actor.role, violations };
    return;
  }
  for (const event of decision.events) {
    append(event);
    outcome.value = { kind: 'recorded', event: event.type };
  }
  opened.value = null;
}

/** Plays an act with the data that fit it. */
export function playAsProposed(type: CommandType): void {
  const problems = play(type, prefilled(type));
  // A datum that only a person can give.
  if (Object.keys(problems).length > 0) opened.value = type;
}
