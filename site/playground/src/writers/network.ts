/** The network between the two: a weather loses, delays and doubles what travels through it, by the dice of a seed. */
import { type Remote, type RemoteBatch, RemoteError, type RemoteSyncAnswer } from 'auxilio/replica';
import type { Dice } from './dice.ts';

/** The degrees of weather, from fair to storm. */
export const weathers = ['fair', 'breeze', 'rain', 'gale', 'storm'] as const;
export type Weather = (typeof weathers)[number];

/** Troubles that are switched on and off whatever the weather is: each befalls every call. */
export const troubles = ['offline', 'lost', 'late', 'doubled'] as const;
export type Trouble = (typeof troubles)[number];

/**
 * The fate of a call. `request-lost`: the server never has it. `answer-lost`: the server has committed it, and the phone does not know.
 * `late`: the phone has given it up, and it arrives afterwards. `doubled`: it arrives twice.
 */
type Fate = 'answered' | 'request-lost' | 'answer-lost' | 'late' | 'doubled';

export type Message = {
  readonly number: number;
  readonly call: 'sync' | 'list' | 'read' | 'photo';
  readonly fate: Fate;
  readonly sentAt: number;
  /** The acts that it carries, by their ids. */
  readonly commandIds: readonly string[];
  /** The times of its arrivals at the server. */
  readonly arrivals: number[];
  /** The outcomes of its acts at each arrival. */
  readonly outcomes: string[][];
  /** The number of events that its answer brought to the phone; null if none arrived. */
  brought: number | null;
};

type Sky = { weather: Weather; readonly troubles: Set<Trouble> };

export type Network = Readonly<{
  remote: Remote;
  sky: Sky;
  messages: readonly Message[];
  /** The number of messages that are still under way. */
  underway: () => number;
  /** Lets messages that are under way arrive: those that the dice choose, or all. */
  deliver: (which: 'some' | 'all') => Promise<void>;
}>;

/** The rate at which a call meets trouble, by the degree of the weather. */
const rates: Readonly<Record<Weather, number>> = { fair: 0, breeze: 0.15, rain: 0.35, gale: 0.6, storm: 0.85 };

const misfortunes = ['request-lost', 'answer-lost', 'late', 'doubled'] as const;

type Clock = { ms: number };

export function createNetwork(server: Remote, dice: Dice, clock: Clock): Network {
  const sky: Sky = { weather: 'fair', troubles: new Set() };
  const messages: Message[] = [];
  let late: (() => Promise<unknown>)[] = [];

  function drawFate(): Fate {
    const struck = dice.chance(rates[sky.weather]);
    const drawn = misfortunes[dice.between(0, misfortunes.length - 1)] ?? 'request-lost';
    if (sky.troubles.has('offline')) return 'request-lost';
    if (sky.troubles.has('late')) return 'late';
    if (sky.troubles.has('lost')) return 'answer-lost';
    if (sky.troubles.has('doubled')) return 'doubled';
    return struck ? drawn : 'answered';
  }

  async function deliver(which: 'some' | 'all'): Promise<void> {
    const arriving = late.filter(() => which === 'all' || dice.chance(0.5));
    late = late.filter((one) => !arriving.includes(one));
    for (const arrive of arriving) await arrive();
  }

  /** Sends a call through the weather; `arrive` carries it out at the server. */
  async function send<T>(call: Message['call'], commandIds: readonly string[], arrive: () => Promise<T>): Promise<T> {
    await deliver('some');
    const fate = drawFate();
    const message: Message = {
      number: messages.length + 1,
      call,
      fate,
      sentAt: clock.ms,
      commandIds,
      arrivals: [],
      outcomes: [],
      brought: null,
    };
    messages.push(message);
    const reach = async () => {
      clock.ms += dice.between(100, 900);
      message.arrivals.push(clock.ms);
      const answer = await arrive();
      const { outcomes } = (answer ?? {}) as Partial<RemoteSyncAnswer>;
      if (outcomes !== undefined) message.outcomes.push(outcomes.map(({ outcome }) => outcome));
      return answer;
    };
    if (fate === 'late') late.push(reach);
    if (fate === 'request-lost' || fate === 'late') throw new RemoteError('unavailable', 'No answer');
    if (fate === 'doubled') await reach();
    const answer = await reach();
    if (fate === 'answer-lost') throw new RemoteError('unavailable', 'No answer');
    message.brought = (answer as { events?: readonly unknown[] } | undefined)?.events?.length ?? 0;
    return answer;
  }

  const idsIn = ({ commands }: RemoteBatch) => commands.map(({ metadata }) => metadata.commandId ?? '');

  const remote: Remote = {
    sync: (batch) => send('sync', idsIn(batch), () => server.sync(batch)),
    events: (visitId, after) => send('read', [], () => server.events(visitId, after)),
    assignments: (after) => send('list', [], () => server.assignments(after)),
    putPhoto: (photo) => send('photo', [], () => server.putPhoto(photo)),
  };
  return { remote, sky, messages, underway: () => late.length, deliver };
}
