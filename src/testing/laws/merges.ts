import fc from 'fast-check';
import type { Actor, CommandType, VisitCommand, VisitEvent } from '../../messages/index.ts';
import { recorders } from '../../visit/act.ts';
import { decide, type Policy, replay } from '../../visit/index.ts';
import { acts } from '../../visit/table.ts';
import { incrementalFold } from '../../visit/visit.ts';
import { witnessed } from '../arbitraries/from-witnesses.ts';
import { actors } from '../fixtures.ts';
import type { Mix } from '../simulate/mix.ts';
import { dice, type Rng } from '../simulate/prng.ts';
import { simulate } from '../simulate/simulate.ts';

/**
 * Two writers who go on from a common log: what the contact center recorded since, in the log, and what a provider or a client
 * recorded apart, in the batches in which it arrives.
 *
 * @since 0.5.0
 */
export type Merge = {
  /** The log when the first batch arrives. */
  readonly log: readonly VisitEvent[];
  /** The number of its events that the recorder had seen. */
  readonly basedOn: number;
  /** The commands that were recorded apart, each with its id. */
  readonly commands: readonly VisitCommand[];
  /** The batches as they arrive: the first and the last command of each. Batches come again whole, in part, or split. */
  readonly batches: readonly { readonly from: number; readonly to: number }[];
  /** For each batch, true if its answer reaches the recorder, who then has seen the whole log; else it is lost. */
  readonly answered: readonly boolean[];
  /** The commands of the contact center that reach the log before each batch; one that is refused is dropped. */
  readonly between: readonly (readonly VisitCommand[])[];
  /** Before each batch, what the contact center does with the reports that are open: it leaves or takes their acts. */
  readonly settled: readonly ('left' | 'taken' | null)[];
  /** The policy that judges the visit; undefined: the default one. */
  readonly policy: Policy | undefined;
};

/** The numbers of a merge: the seed of its chances, the place of the tear in percent, and the most commands of each side. */
type Shape = {
  readonly seed: number;
  readonly tear: number;
  readonly own: number;
  readonly center: number;
  readonly independent: boolean;
};

/**
 * Merges of two writers: visits torn in two at a random moment, of which each side goes on with its own acts and with acts of
 * its own invention; facts that both tell, ids that are used twice, clocks that are wrong, reassignments and cancellations.
 *
 * @since 0.5.0
 */
export function merges(): fc.Arbitrary<Merge> {
  const shapes = fc.record({
    seed: fc.nat(2_000_000_000),
    tear: fc.nat(100),
    own: fc.nat(24),
    center: fc.nat(12),
    independent: fc.boolean(),
  });
  return shapes.map(makeMerge);
}

/** Visits in which much goes wrong. */
const mix: Partial<Mix> = {
  reassigned: 0.2,
  absent: 0.3,
  calledOff: 0.1,
  materialsRejected: 0.3,
  workBreak: 0.5,
  extraMaterials: 0.2,
  secondVisit: 0.3,
  testFailed: 0.2,
  escalation: 0.2,
};

/** Makes the merge of some numbers; the same numbers make the same one. */
function makeMerge(shape: Shape): Merge {
  const rng = dice(shape.seed, shape.tear);
  const [visit] = simulate({ visits: 1, seed: shape.seed, mix });
  if (visit === undefined) throw new Error('simulate makes a visit');
  const cut = 1 + Math.floor(((visit.events.length - 1) * shape.tear) / 100);
  const common = visit.events.slice(0, cut).map((event, index) => addId(event, visit.commands[index]));
  const recorder = chooseRecorder(common, rng);
  const rest = visit.commands.slice(cut);
  const own = ownCommands(common, rest, recorder, shape, rng);
  const center = centerCommands(common, rest, own, shape, rng);
  const arriving = rng.between(0, center.length);
  const log = recordAll(common, center.slice(0, arriving));
  const batches = splitIntoBatches(own.length, rng);
  const later = center.slice(arriving);
  const between = batches.map((_, index) => later.filter((_, nth) => nth % batches.length === index));
  const settled = batches.map(() => rng.oneOf<'left' | 'taken' | null>([null, null, 'left', 'taken']));
  const answered = batches.map(() => rng.chance(0.4));
  const policy = rng.chance(0.2) ? { twinMinutes: rng.between(0, 5) } : undefined;
  const basedOn = rng.chance(0.8) ? cut : rng.between(0, cut);
  return { log, basedOn, commands: own, batches, answered, between, settled, policy };
}

const addId = (event: VisitEvent, command: VisitCommand | undefined): VisitEvent =>
  ({ ...event, metadata: { commandId: command?.metadata.commandId } }) as VisitEvent;

/** The provider now assigned, seldom a former one or the client. */
function chooseRecorder(log: readonly VisitEvent[], rng: Rng): Actor {
  const { provider, formerProviders } = replay(log);
  const former = formerProviders.at(-1);
  if (former !== undefined && rng.chance(0.4)) return { role: 'provider', id: former };
  return rng.chance(0.05) || provider === null ? actors.client : { role: 'provider', id: provider.id };
}

/** The commands that a recorder goes on with on their own copy, whatever it says to them. */
function ownCommands(
  common: readonly VisitEvent[],
  rest: readonly VisitCommand[],
  recorder: Actor,
  { own: most, independent }: Shape,
  rng: Rng,
): VisitCommand[] {
  const copy = incrementalFold(replay(common));
  const told = rest.filter(({ metadata: { actor } }) => actor.role === recorder.role && actor.id === recorder.id);
  const made: VisitCommand[] = [];
  const visitId = copy.state.visitId ?? '';
  for (let count = 0; count < most; count += 1) {
    const at = chooseTime(common, made.length, rng);
    const next = independent || rng.chance(0.2) ? inventAct(recorder, copy.state, at, rng) : told.shift();
    if (next === undefined) continue;
    const again = made.at(-1);
    if (again !== undefined && rng.chance(0.04)) {
      made.push(again);
      continue;
    }
    const commandId = again !== undefined && rng.chance(0.03) ? again.metadata.commandId : `${visitId}-own-${count}`;
    const data = next.type === 'ShowCredential' ? { ...next.data, credentialId: ' INS  7 ' } : next.data;
    const command = { ...next, data, metadata: { actor: recorder, commandId } } as VisitCommand;
    made.push(command);
    const decision = decide(command, copy.state);
    if (decision.ok) for (const event of decision.events) copy.step(event);
  }
  return made;
}

/** A time after the common log; now and then one of a wrong clock. */
function chooseTime(log: readonly VisitEvent[], nth: number, rng: Rng): string {
  const last = Date.parse(log.at(-1)?.data.at ?? '2026-03-17T14:00:00.000Z');
  const minutes = rng.chance(0.05) ? rng.between(-600, 600) : nth * 3 + rng.between(0, 3);
  return new Date(last + minutes * 60_000).toISOString();
}

/** An act that a recorder may record, open or not, by one of its witnesses; mostly one that is open. */
function inventAct(recorder: Actor, visit: ReturnType<typeof replay>, at: string, rng: Rng): VisitCommand | undefined {
  const types = acts.filter((act) => act.command !== 'ReportDiscrepancy' && recorders[act.by].includes(recorder.role));
  const wantsOpen = rng.chance(0.8);
  const first = rng.between(0, types.length - 1);
  for (let step = 0; step < types.length; step += 1) {
    const type: CommandType | undefined = types[(first + step) % types.length]?.command;
    if (type === undefined) continue;
    const commands = witnessed(type, visit, at).filter(({ metadata: { actor } }) => actor.role === recorder.role);
    const fit = commands.filter((command) => !wantsOpen || decide(recordAs(recorder, command), visit).ok);
    const picked = fit[rng.between(0, Math.max(0, fit.length - 1))];
    if (picked !== undefined) return recordAs(recorder, picked);
  }
  return undefined;
}

const recordAs = (actor: Actor, command: VisitCommand): VisitCommand =>
  ({ ...command, metadata: { ...command.metadata, actor } }) as VisitCommand;

/** The commands of the contact center: its part of the visit, facts that the provider tells too, and acts of its own. */
function centerCommands(
  common: readonly VisitEvent[],
  rest: readonly VisitCommand[],
  own: readonly VisitCommand[],
  { center: most, independent }: Shape,
  rng: Rng,
): VisitCommand[] {
  const fold = incrementalFold(replay(common));
  const told = rest.filter(({ metadata: { actor } }) => actor.role === 'contact-center');
  const twice = own.filter(({ type }) => acts.some((act) => act.command === type && act.by === 'P+'));
  const made: VisitCommand[] = [];
  for (let count = 0; count < most; count += 1) {
    const next = chooseForCenter({ told, twice, independent }, fold.state, chooseTime(common, count, rng), rng);
    if (next === undefined) continue;
    const metadata = { actor: actors.operator, commandId: `${next.data.visitId}-center-${count}` };
    const command = { ...next, metadata } as VisitCommand;
    const decision = decide(command, fold.state);
    if (!decision.ok) continue;
    made.push(command);
    for (const event of decision.events) fold.step(event);
  }
  return made;
}

type Sources = { readonly told: VisitCommand[]; readonly twice: VisitCommand[]; readonly independent: boolean };

function chooseForCenter(
  { told, twice, independent }: Sources,
  visit: ReturnType<typeof replay>,
  at: string,
  rng: Rng,
): VisitCommand | undefined {
  const known = rng.chance(0.4) ? twice.shift() : undefined;
  if (known !== undefined)
    return { ...known, data: { ...known.data, at: shiftTime(known.data.at, rng) } } as VisitCommand;
  return independent || rng.chance(0.3) ? inventAct(actors.operator, visit, at, rng) : told.shift();
}

const shiftTime = (at: string, rng: Rng): string =>
  new Date(Date.parse(at) + rng.between(-12, 12) * 60_000).toISOString();

/** Appends what the contact center recorded, each command that is accepted. */
export function recordAll(
  log: readonly VisitEvent[],
  commands: readonly VisitCommand[],
  policy?: Policy,
): VisitEvent[] {
  const recorded = [...log];
  const fold = incrementalFold(replay(log));
  for (const command of commands) {
    const decision = decide(command, fold.state, policy);
    for (const event of decision.ok ? decision.events : []) {
      fold.step(event);
      recorded.push(addId(event, command));
    }
  }
  return recorded;
}

/** Splits commands into batches, in their order, some of which arrive again. */
function splitIntoBatches(length: number, rng: Rng): { from: number; to: number }[] {
  const batches: { from: number; to: number }[] = [];
  let from = 0;
  while (from < length) {
    const to = rng.chance(0.5) ? length : rng.between(from + 1, length);
    batches.push({ from, to });
    if (rng.chance(0.3)) batches.push({ from: rng.between(0, from), to: rng.between(from + 1, to) });
    from = to;
  }
  return batches;
}
