/** Two sounds: something new waits, and something is overdue. */
import { signal } from '@preact/signals';
import { isOverdue, type Waiting } from './queue.ts';

export const isMuted = signal(localStorage.getItem('muted') === 'yes');

export function toggleSounds(): void {
  isMuted.value = !isMuted.value;
  localStorage.setItem('muted', isMuted.value ? 'yes' : 'no');
}

let context: AudioContext | null = null;

/** Plays notes one after the other. Before the first touch or key the browser stays silent. */
function play(...notes: readonly number[]): void {
  if (isMuted.peek()) return;
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  const { currentTime, destination } = context;
  for (const [place, hertz] of notes.entries()) {
    const [from, tone, gain] = [currentTime + place * 0.16, context.createOscillator(), context.createGain()];
    tone.frequency.value = hertz;
    gain.gain.setValueAtTime(0.0001, from);
    gain.gain.exponentialRampToValueAtTime(0.12, from + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, from + 0.15);
    tone.connect(gain).connect(destination);
    tone.start(from);
    tone.stop(from + 0.16);
  }
}

/** The keys of what was overdue when it was looked at last. */
let overdue: ReadonlySet<string> | null = null;

/** Sounds when something waits now that did not wait before. */
export function sounded(before: readonly Waiting[], after: readonly Waiting[]): void {
  if (before === after || after.length === 0) return;
  const known = new Set(before.map(({ key }) => key));
  if (after.some(({ key }) => !known.has(key))) play(660, 880);
}

/** Sounds when something is overdue at a time that was not when it was looked at last. */
export function soundedOverdue(queue: readonly Waiting[], at: number): void {
  const found = new Set(queue.flatMap((one) => (isOverdue(one, at) ? [one.key] : [])));
  const known = overdue;
  overdue = found;
  if (known !== null && [...found].some((key) => !known.has(key))) play(440, 330, 440);
}
