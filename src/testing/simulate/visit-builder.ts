import type {
  Actor,
  CommandOf,
  CommandType,
  Contact,
  Instant,
  VisitCommand,
  VisitEvent,
} from '../../messages/index.ts';
import { explain } from '../../reading/explain.ts';

import { decide, defaultPolicy, evolve, initialState, type VisitState } from '../../visit/index.ts';
import { plainPath } from '../../visit/table.ts';
import { en } from '../../words/en/index.ts';
import type { Rng } from './prng.ts';

type Own<T extends CommandType> = Omit<CommandOf<T>['data'], 'visitId' | 'at'>;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Tells one visit act by act on a clock of its own; an act that the protocol refuses stops the story. */
export class VisitBuilder {
  readonly visitId: string;
  readonly dice: Rng;
  readonly operator: Actor;
  readonly commands: VisitCommand[] = [];
  readonly events: VisitEvent[] = [];
  state: VisitState = initialState();
  #clock: number;

  constructor(visitId: string, dice: Rng, begin: number, operator: Actor) {
    this.visitId = visitId;
    this.dice = dice;
    this.operator = operator;
    this.#clock = begin;
  }

  /** The time of the story. */
  get now(): Instant {
    return new Date(this.#clock).toISOString();
  }

  /** Lets some minutes go by. */
  wait(least: number, most: number): this {
    this.#clock += this.dice.between(least, most) * minuteMs + this.dice.between(0, 59) * 1_000;
    return this;
  }

  /** Goes on at a working hour some days later. */
  nextDay(least: number, most: number): this {
    const midnight = Math.floor(this.#clock / dayMs) * dayMs;
    this.#clock = midnight + this.dice.between(least, most) * dayMs + this.dice.between(14 * 60, 20 * 60) * minuteMs;
    return this;
  }

  /** An instant of the story, some minutes from now. */
  inMinutes(minutes: number): Instant {
    return new Date(this.#clock + minutes * minuteMs).toISOString();
  }

  call(): Contact {
    return { at: this.now, reference: `L-${this.dice.between(10_000, 99_999)}`, operatorId: this.operator.id };
  }

  /** The provider's act, or one that they record. */
  provider<T extends CommandType>(type: T, data: Own<T>): this {
    return this.#record(type, data, { role: 'provider', id: this.state.provider?.id ?? 'prov-0' });
  }

  /** The contact center's act, or one that it records. */
  center<T extends CommandType>(type: T, data: Own<T>): this {
    return this.#record(type, data, this.operator);
  }

  /** The provider's acts that the plain path asks for before another, as far as they were not done. */
  prepare(type: CommandType): this {
    const place = plainPath.findIndex(({ command }) => command === type);
    for (const { command, isFulfilled, witnesses } of plainPath.slice(0, place)) {
      if (isFulfilled?.(this.state)) continue;
      const [data = {}] = witnesses(this.state, { at: this.now, policy: defaultPolicy });
      this.provider(command, data as Own<CommandType>);
    }
    return this;
  }

  #record<T extends CommandType>(type: T, data: Own<T>, actor: Actor): this {
    const commandId = `${this.visitId}-${this.commands.length + 1}`;
    const common = { visitId: this.visitId, at: this.now };
    const command = { type, data: { ...common, ...data }, metadata: { actor, commandId } } as unknown as VisitCommand;
    const decision = decide(command, this.state);
    if (!decision.ok) throw new Error(`${this.visitId}, ${type}: ${explain(decision.rejection, en)}`);
    this.commands.push(command);
    this.events.push(...decision.events);
    this.state = decision.events.reduce(evolve, this.state);
    return this.wait(0, 1);
  }
}
