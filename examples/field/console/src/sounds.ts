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

const heard = { waiting: new Set<string>(), overdue: new Set<string>(), isFirst: true };

/** Sounds for what the queue has now and had not before. */
export function sounded(queue: readonly Waiting[]): void {
  const at = Date.now();
  const waiting = new Set(queue.map(({ key }) => key));
  const overdue = new Set(queue.flatMap((one) => (isOverdue(one, at) ? [one.key] : [])));
  const isNew = (now: ReadonlySet<string>, before: ReadonlySet<string>) => [...now].some((key) => !before.has(key));
  const [isNewDebt, isNewlyOverdue] = [isNew(waiting, heard.waiting), isNew(overdue, heard.overdue)];
  if (!heard.isFirst && isNewlyOverdue) play(440, 330, 440);
  else if (!heard.isFirst && isNewDebt) play(660, 880);
  Object.assign(heard, { waiting, overdue, isFirst: false });
}
