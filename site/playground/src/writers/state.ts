/** The story that is told on the page, and what it shows of it. Moves are made one after the other. */
import { signal } from '@preact/signals';
import { rewrite, route } from '../route.ts';
import { readScene, type Scene } from './scene.ts';
import { isDayOver, type Move, play, playStory, readMoves, type Story, writeMoves } from './story.ts';
import type { World } from './world.ts';

/** The story that a visitor without an address sees first: an hour in a storm. */
const opening: Story = { seed: 15, moves: ['w:storm', ...Array<Move>(10).fill('d')] };

/** The most steps of a day. */
const longestDay = 60;
/** The pause after each step of a day that is watched, in milliseconds. */
const stepMs = 350;

export const story = signal<Story>(opening);
export const scene = signal<Scene | null>(null);
/** True while a day goes by. */
export const isPlaying = signal(false);

let world: World | null = null;
let last: Promise<unknown> = Promise.resolve();

/** Does one thing after the other, since each is shown before the next. */
function queue(task: () => Promise<void>): Promise<void> {
  const turn = last.then(task);
  last = turn.catch(() => undefined);
  return turn;
}

async function show(next: Story): Promise<void> {
  if (world !== null) scene.value = await readScene(world);
  story.value = next;
  rewrite('writers', { seed: String(next.seed), moves: writeMoves(next.moves) });
}

/** Makes a move. */
export const make = (move: Move): Promise<void> =>
  queue(async () => {
    if (world === null) return;
    await play(world, move);
    const { seed, moves } = story.peek();
    await show({ seed, moves: [...moves, move] });
  });

/** Tells a story from its beginning. */
export function tell(next: Story): Promise<void> {
  isPlaying.value = false;
  return queue(async () => {
    world?.close();
    world = await playStory(next);
    await show(next);
  });
}

/** Takes the last move back: the story is told again without it. */
export function undo(): Promise<void> {
  const { seed, moves } = story.peek();
  return tell({ seed, moves: moves.slice(0, -1) });
}

/** Lets a day go by, step by step, until the visit has ended for the phone or someone stops it. */
export async function playDay(): Promise<void> {
  isPlaying.value = true;
  const pauseMs = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : stepMs;
  for (let step = 0; step < longestDay && isPlaying.peek(); step += 1) {
    if (world === null || (await isDayOver(world))) break;
    await make('d');
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  isPlaying.value = false;
}

export const stopDay = (): void => {
  isPlaying.value = false;
};

/** The story of an address; null if it has none. */
function readStory({ view, parameters }: typeof route.value): Story | null {
  const seed = parameters.get('seed');
  if (view !== 'writers' || seed === null) return null;
  return { seed: parseSeed(seed), moves: readMoves(parameters.get('moves') ?? '') };
}

/** A seed as it was written: a whole number from 0 to 9999. */
export const parseSeed = (text: string): number => Math.min(Math.max(Math.trunc(Number(text)) || 0, 0), 9_999);

/** Tells the story of the address, unless it is told already. */
export function followAddress(): void {
  const asked = readStory(route.value);
  const { seed, moves } = story.peek();
  const isTold = scene.peek() !== null && asked?.seed === seed && writeMoves(asked.moves) === writeMoves(moves);
  if (!isTold && (asked !== null || scene.peek() === null)) void tell(asked ?? opening);
}
