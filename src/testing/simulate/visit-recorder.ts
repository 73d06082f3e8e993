import type {
  Actor,
  CommandOf,
  CommandType,
  Id,
  Instant,
  SettleDiscrepancy,
  VisitCommand,
  VisitEvent,
} from '../../messages/index.ts';
import { explain } from '../../reading/explain.ts';
import { type ReconcileOutcome, reconcile, settlement } from '../../reconciling/index.ts';
import { type Decision, decide, replay, schemaVersionOf, type VisitState } from '../../visit/index.ts';
import { incrementalFold } from '../../visit/visit.ts';
import { en } from '../../words/en/index.ts';
import type { Rng } from './prng.ts';

/**
 * A request by which a simulated visit is recorded: a command for `handle` of a service, a batch for its `sync`, or a
 * settlement for its `settle`.
 *
 * @since 0.5.0
 */
export type SimulatedRequest =
  | { readonly kind: 'command'; readonly command: VisitCommand }
  | { readonly kind: 'batch'; readonly basedOn: number; readonly commands: readonly VisitCommand[] }
  | { readonly kind: 'settlement'; readonly command: SettleDiscrepancy };

/** A whole visit: its commands in the order in which they are recorded, the events, and the state after them. @since 0.2.0 */
export type SimulatedVisit = {
  readonly visitId: string;
  /** Each command once, live or of a batch. In the order of their instants, unless a phone was offline or a time is wrong. */
  readonly commands: readonly VisitCommand[];
  /** The log. An event has metadata if the mix has two writers or mistakes. */
  readonly events: readonly VisitEvent[];
  readonly state: VisitState;
  /** The requests that make this log, in their order; a batch whose answer was lost comes twice. @since 0.5.0 */
  readonly requests: readonly SimulatedRequest[];
};

/** A visit as it happened, and the person of the contact center who follows it. */
export type Story = {
  readonly visitId: Id;
  readonly commands: readonly VisitCommand[];
  readonly operator: Actor;
};

type Own<T extends CommandType> = Omit<CommandOf<T>['data'], 'visitId' | 'at'>;

const minuteMs = 60_000;

/** Records the acts of a story in a log, on a clock of its own: what takes longer than in the story delays the rest of it. */
export class VisitRecorder {
  readonly log: VisitEvent[] = [];
  readonly commands: VisitCommand[] = [];
  readonly requests: SimulatedRequest[] = [];
  readonly dice: Rng;
  readonly #story: Story;
  readonly #fold = incrementalFold();
  readonly #providers = new Map<Id, Id>();
  #clock = 0;
  #delayMs = 0;
  #added = 0;

  constructor(story: Story, dice: Rng) {
    this.#story = story;
    this.dice = dice;
  }

  get state() {
    return this.#fold.state;
  }

  get now(): Instant {
    return new Date(this.#clock).toISOString();
  }

  /** Lets some minutes go by. */
  wait(least: number, most: number): this {
    this.#clock += this.dice.between(least, most) * minuteMs + this.dice.between(0, 59) * 1_000;
    return this;
  }

  /** Lets the time come when a command was recorded. */
  waitFor({ data }: VisitCommand): void {
    this.#clock = Math.max(this.#clock, Date.parse(data.at));
  }

  /**
   * An act of the story, by the provider who does it by now, and not before the present: all its instants are as much later as
   * the story is late by now.
   */
  timed(command: VisitCommand): VisitCommand {
    this.#delayMs += Math.max(0, this.#clock - Date.parse(command.data.at) - this.#delayMs);
    return later(this.#done(command), this.#delayMs);
  }

  /** Lets another provider do what a provider of the story does from now on. */
  handOver(from: Id, to: Id): void {
    this.#providers.set(from, to);
  }

  #done(command: VisitCommand): VisitCommand {
    const { actor } = command.metadata;
    const id = actor.role === 'provider' ? this.#providers.get(actor.id) : undefined;
    return id === undefined ? command : { ...command, metadata: { ...command.metadata, actor: { ...actor, id } } };
  }

  /** A command that the story does not have. */
  added<T extends CommandType>(type: T, data: Own<T>, actor = this.#story.operator): VisitCommand {
    const common = { visitId: this.#story.visitId, at: this.now };
    const metadata = { actor, commandId: this.nextId() };
    return { type, data: { ...common, ...data }, metadata } as unknown as VisitCommand;
  }

  nextId(): Id {
    this.#added += 1;
    return `${this.#story.visitId}-x${this.#added}`;
  }

  /** Records a command; one that the protocol refuses stops the story. */
  record(command: VisitCommand): void {
    const decision = this.tryToRecord(command);
    if (!decision.ok) throw new Error(`${this.#story.visitId}, ${command.type}: ${explain(decision.rejection, en)}`);
  }

  /** Records a command of the story. The contact center drops one that a fact told twice has made pointless. */
  recordOrDrop(command: VisitCommand): void {
    if (command.metadata.actor.role === 'contact-center') this.tryToRecord(command);
    else this.record(command);
  }

  /** Records a command if the protocol accepts it. */
  tryToRecord(command: VisitCommand): Decision {
    const decision = decide(command, this.state);
    if (!decision.ok) return decision;
    const { actor: _, ...metadata } = command.metadata;
    this.#clock = Math.max(this.#clock, Date.parse(metadata.enteredAt ?? command.data.at));
    this.#append(decision.events.map((event) => ({ ...event, metadata }) as VisitEvent));
    this.commands.push(command);
    this.requests.push({ kind: 'command', command });
    return decision;
  }

  /** Reconciles a batch with the log. */
  sync(basedOn: number, commands: readonly VisitCommand[]): readonly ReconcileOutcome[] {
    const answer = reconcile({ log: this.log, basedOn, commands });
    if (!answer.ok) throw new Error(`${this.#story.visitId}: ${answer.error.code}`);
    this.#append(answer.events);
    this.commands.push(...commands.filter((_, index) => answer.outcomes[index]?.outcome !== 'repeated'));
    this.requests.push({ kind: 'batch', basedOn, commands });
    return answer.outcomes;
  }

  /** Settles a discrepancy. */
  settle(discrepancyId: Id, taken: readonly number[], text: string): void {
    const command = this.added('SettleDiscrepancy', { discrepancyId, taken, text }) as SettleDiscrepancy;
    const { actor: operator, commandId = '' } = command.metadata;
    const answer = settlement({ log: this.log, discrepancyId, taken, text, at: this.now, operator, commandId });
    if (!answer.ok) throw new Error(`${this.#story.visitId}: ${explain(answer.rejection, en)}`);
    this.#append(answer.events);
    this.commands.push(command);
    this.requests.push({ kind: 'settlement', command });
  }

  /** The visit as it was recorded. */
  finished(): SimulatedVisit {
    const { log: events, commands, requests } = this;
    return { visitId: this.#story.visitId, commands, events, state: replay(events), requests };
  }

  #append(events: readonly VisitEvent[]): void {
    for (const event of events) {
      const metadata = { schemaVersion: schemaVersionOf(event), ...event.metadata, recordedAt: this.now };
      const stored = { ...event, metadata } as VisitEvent;
      this.log.push(stored);
      this.#fold.step(stored);
    }
  }
}

const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** A copy of a command in which every instant is so much later. */
function later(command: VisitCommand, ms: number): VisitCommand {
  if (ms === 0) return command;
  const moved = (value: unknown): unknown => {
    if (typeof value === 'string') return instant.test(value) ? new Date(Date.parse(value) + ms).toISOString() : value;
    if (Array.isArray(value)) return value.map(moved);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, moved(part)]));
  };
  return moved(command) as VisitCommand;
}
