/** Two writers of one visit: a phone and a contact center, with a network between them. No page, no clock and no chance of its own. */
import { type CommandType, decide, guide, replay, type VisitCommand, type VisitEvent } from 'auxilio';
import { memoryReplicaStore } from 'auxilio/memory';
import { type ActAnswer, type ActCommand, createReplica, type ReplicaVisit } from 'auxilio/replica';
import {
  actOf,
  assignment,
  type CenterAct,
  centerActNames,
  centerCommand,
  operator,
  phoneActs,
  provider,
  visitId,
} from './acts.ts';
import { createDice } from './dice.ts';
import { createNetwork, type Trouble, type Weather } from './network.ts';
import { createServer } from './server.ts';

/** An act that the phone did not record because its clock is off: the time that it shows, and the one that it estimates. */
export type ClockQuestion = Readonly<{ type: CommandType; shown: string; estimate: string }>;

/** What came of the last move, if it was refused. */
export type Refusal = Readonly<{ by: 'phone' | 'center'; violations: readonly { rule: string; clause: string }[] }>;

const START = Date.UTC(2026, 2, 17, 14, 0);
const MINUTE = 60_000;
const at = (ms: number) => new Date(ms).toISOString();

export type World = Awaited<ReturnType<typeof createWorld>>;

/** A world in which the visit was assigned in fair weather, and the phone knows of it. */
export async function createWorld(seed: number) {
  const clock = { ms: START };
  const phoneClock = { skewMinutes: 0 };
  const now = () => at(clock.ms);
  const phoneNow = () => at(clock.ms + phoneClock.skewMinutes * MINUTE);
  const dice = createDice(seed);
  const server = createServer({ visitId, phone: provider, now });
  const network = createNetwork(server.remote, createDice(seed + 1), clock);
  let ids = 0;
  let photographs = 0;
  let commands = 0;
  const acknowledged: string[] = [];
  const acts: VisitCommand[] = [];
  const state: { question: ClockQuestion | null; refusal: Refusal | null } = { question: null, refusal: null };

  const replica = createReplica({
    store: memoryReplicaStore(),
    remote: network.remote,
    actor: provider,
    device: 'Teléfono 1',
    now: phoneNow,
    monotonicMs: () => clock.ms,
    newId: () => `phone-${++ids}`,
  });

  const pass = (minutes: number) => {
    clock.ms += minutes * MINUTE;
  };

  async function takePhoto() {
    const bytes = new TextEncoder().encode(`photograph ${++photographs} of ${seed}`);
    const { sha256 } = await replica.photos.add(visitId, bytes, { mediaType: 'image/jpeg' });
    return { photoId: `f-${photographs}`, sha256, takenAt: phoneNow(), mediaType: 'image/jpeg' };
  }

  /** Records an act on the phone, by the time that it shows, or by one that its user confirmed. */
  async function act(type: CommandType, confirmed?: string): Promise<ActAnswer> {
    pass(1);
    const { local } = await replica.visit(visitId);
    const photos = type === 'TakePhotos' ? [await takePhoto()] : [];
    const shown = confirmed ?? phoneNow();
    const given: ActCommand = actOf(type, shown, local, photos);
    const answer = await replica.act(given, { atConfirmed: confirmed !== undefined });
    const suspect = !answer.ok && answer.reason === 'clock-suspect';
    state.question = suspect ? { type, shown, estimate: answer.estimate } : null;
    if (!answer.ok && answer.reason === 'refused') state.refusal = { by: 'phone', violations: answer.violations };
    if (answer.ok) {
      acknowledged.push(answer.commandId);
      const queued = answer.visit.pending.find(({ command }) => command.metadata.commandId === answer.commandId);
      if (queued !== undefined) acts.push(queued.command);
    }
    return answer;
  }

  /** Answers the question about the clock: by the time of the phone, or by the estimate. */
  async function confirmTime(which: 'shown' | 'estimate'): Promise<void> {
    const { question } = state;
    if (question !== null) await act(question.type, question[which]);
  }

  async function record(command: VisitCommand): Promise<void> {
    const answer = await (command.type === 'SettleDiscrepancy'
      ? server.service.settle(command)
      : server.service.handle(command));
    if (answer.ok) acknowledged.push(command.metadata.commandId ?? '');
    else state.refusal = { by: 'center', violations: answer.rejection.violations };
  }

  async function actAtCenter(name: CenterAct): Promise<void> {
    pass(1);
    commands += 1;
    await record(centerCommand(name, now(), replay(await server.readLog()), `center-${commands}`));
  }

  /** Settles an open discrepancy: takes these acts of its report on record, or none. */
  async function settle(discrepancyId: string, taken: readonly number[], text: string): Promise<void> {
    pass(1);
    commands += 1;
    const data = { visitId, at: now(), discrepancyId, taken, text };
    const metadata = { actor: operator, commandId: `center-${commands}` };
    await record({ type: 'SettleDiscrepancy', data, metadata } as VisitCommand);
  }

  /** Syncs once; another tab of the browser that syncs at this moment is waited for. */
  async function sync(): Promise<void> {
    let { result } = await replica.sync();
    for (; result === 'busy'; { result } = await replica.sync())
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Ends the bad weather, lets what is under way arrive, and syncs until nothing waits and nothing is new. */
  async function clear(): Promise<void> {
    network.sky.weather = 'fair';
    network.sky.troubles.clear();
    await network.deliver('all');
    await sync();
    while ((replica.status.waiting ?? 0) > 0) await sync();
  }

  /** The acts of the center that would be accepted now. */
  const openAtCenter = (log: readonly VisitEvent[]): readonly CenterAct[] => {
    const visit = replay(log);
    return centerActNames.filter((name) => decide(centerCommand(name, now(), visit, 'probe'), visit).ok);
  };

  /** What the phone's guide offers now, of the acts that this page has data for. */
  const offers = ({ local }: ReplicaVisit) => {
    const { suggested, open } = guide(local, { role: 'provider', actorId: provider.id });
    const possible = open.map(({ command }) => command).filter((one) => phoneActs.includes(one));
    return { suggested: suggested !== null && possible.includes(suggested) ? suggested : null, open: possible };
  };

  await server.service.handle(assignment(now(), at(START + 60 * MINUTE)));
  acknowledged.push('center-0');
  await sync();

  return {
    seed,
    dice,
    now,
    phoneNow,
    phoneClock,
    replica,
    server,
    network,
    state,
    acts,
    acknowledged,
    act,
    confirmTime,
    actAtCenter,
    settle,
    sync,
    clear,
    pass,
    openAtCenter,
    offers,
    readPhone: () => replica.visit(visitId),
    setWeather: (weather: Weather) => {
      network.sky.weather = weather;
    },
    toggle: (trouble: Trouble) => {
      const { troubles } = network.sky;
      if (!troubles.delete(trouble)) troubles.add(trouble);
    },
    close: () => replica.close(),
  };
}
