/** A story: a seed and the moves that were made. It plays the same each time, so an address is enough to share it. */
import type { CommandType } from 'auxilio';
import { discrepancies } from 'auxilio';
import { type CenterAct, centerActNames, phoneActs } from './acts.ts';
import { type Trouble, troubles, type Weather, weathers } from './network.ts';
import { createWorld, type World } from './world.ts';

/**
 * A move, as the address has it: `p:StartWork` an act of the phone, `c:cancel` one of the center, `s` a sync, `d` a step of a day,
 * `f` fair weather until nothing waits, `w:storm` the weather, `t:offline` a trouble that is switched, `k:25` the clock of the phone,
 * `q:estimate` the answer to the question about it, `x:take` or `x:leave` the settlement of the first open discrepancy.
 */
export type Move = string;

export type Story = Readonly<{ seed: number; moves: readonly Move[] }>;

/** The most minutes by which the clock of the phone may be off. */
export const mostSkew = 180;

/** The reasons of settlements: a text of the log, which is in Spanish. */
const reasons = { take: 'Consta que se hizo', leave: 'No consta que se hiciera' } as const;

const included = <T extends string>(list: readonly T[], value: string): value is T =>
  (list as readonly string[]).includes(value);

/** Makes a move. One that cannot be read changes nothing. */
export async function play(world: World, move: Move): Promise<void> {
  const [kind, value = ''] = move.split(':');
  world.state.refusal = null;
  if (kind === 'p' && included(phoneActs, value)) await world.act(value as CommandType);
  if (kind === 'c' && included(centerActNames, value)) await world.actAtCenter(value as CenterAct);
  if (kind === 's') await world.sync();
  if (kind === 'd') await playStep(world);
  if (kind === 'f') await world.clear();
  if (kind === 'w' && included(weathers, value)) world.setWeather(value as Weather);
  if (kind === 't' && included(troubles, value)) world.toggle(value as Trouble);
  if (kind === 'k')
    world.phoneClock.skewMinutes = Math.min(Math.max(Math.round(Number(value)) || 0, -mostSkew), mostSkew);
  if (kind === 'q' && included(['shown', 'estimate'], value)) await world.confirmTime(value as 'shown' | 'estimate');
  if (kind === 'x' && included(['take', 'leave'], value)) await settleFirst(world, value as 'take' | 'leave');
}

/** Settles the first open discrepancy: takes all of its acts but the twins, or none. */
async function settleFirst(world: World, how: 'take' | 'leave'): Promise<void> {
  const { acts } = discrepancies(await world.server.readLog());
  const [first] = acts;
  if (first === undefined) return;
  const own = acts.filter(({ discrepancyId, kind }) => discrepancyId === first.discrepancyId && kind !== 'twin');
  await world.settle(first.discrepancyId, how === 'take' ? own.map(({ position }) => position) : [], reasons[how]);
}

/** True once the day has nothing more to do: the visit has ended for the phone. */
export async function isDayOver(world: World): Promise<boolean> {
  const { local } = await world.readPhone();
  return ['completed', 'closed'].includes(local.phase);
}

/** What a center writes on a day, as often as it stands here. */
const usual: readonly CenterAct[] = [
  'amend',
  'amend',
  'arrival',
  'arrival',
  'start',
  'start',
  'proceed',
  'close',
  'cancel',
];

/** A step of a day: the phone goes on and tries to sync, or the center writes something. The dice of the seed choose. */
async function playStep(world: World): Promise<void> {
  const { dice } = world;
  world.pass(dice.between(1, 9));
  if (world.state.question !== null) return world.confirmTime(dice.chance(0.7) ? 'estimate' : 'shown');
  if (dice.chance(0.14)) {
    const open = world.openAtCenter(await world.server.readLog());
    const likely = usual.filter((name) => open.includes(name));
    const chosen = likely[dice.between(0, Math.max(likely.length - 1, 0))];
    if (chosen !== undefined) return world.actAtCenter(chosen);
  }
  const { suggested } = world.offers(await world.readPhone());
  if (suggested !== null) await world.act(suggested);
  if (suggested === null || dice.chance(0.4)) await world.sync();
}

/** Plays a story from its beginning. */
export async function playStory({ seed, moves }: Story): Promise<World> {
  const world = await createWorld(seed);
  for (const move of moves) await play(world, move);
  return world;
}

/** Writes moves for an address: equal ones in a row are counted. */
export function writeMoves(moves: readonly Move[]): string {
  const runs: { move: Move; count: number }[] = [];
  for (const move of moves) {
    const last = runs.at(-1);
    if (last?.move === move) last.count += 1;
    else runs.push({ move, count: 1 });
  }
  return runs.map(({ move, count }) => `${count > 1 ? count : ''}${move}`).join('.');
}

/** The most moves of a story. */
const mostMoves = 500;

/** Reads moves from an address. What is no move is left out. */
export function readMoves(text: string): readonly Move[] {
  return text
    .split('.')
    .flatMap((run) => {
      const [, count = '', move = ''] = /^(\d{0,3})([a-z](?::[\w-]+)?)$/.exec(run) ?? [];
      return move === '' ? [] : Array<Move>(Math.max(Number(count), 1)).fill(move);
    })
    .slice(0, mostMoves);
}
