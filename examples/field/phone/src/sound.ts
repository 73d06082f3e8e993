/** The sound and the vibration of an alert, as far as the browser allows them, and whether the user wants them. */
import { signal } from '@preact/signals';

const key = 'muted';

/** True if the user wants neither sound nor vibration. */
export const isMuted = signal(localStorage.getItem(key) !== null);

export function mute(isOn: boolean): void {
  isMuted.value = isOn;
  if (isOn) localStorage.setItem(key, 'yes');
  else localStorage.removeItem(key);
}

/** The time that a browser may take to begin to play, in milliseconds. */
const startMs = 500;

/** The tones of the alert: hertz, and seconds after its beginning. */
const tones = [
  [880, 0],
  [1_175, 0.18],
] as const;
const toneSeconds = 0.16;

let context: AudioContext | null = null;

/** Sounds two tones; false if the browser does not play them. */
async function chime(): Promise<boolean> {
  if (typeof AudioContext === 'undefined') return false;
  context ??= new AudioContext();
  const audio = context;
  // Where it has to wait for a touch, this never resolves.
  await Promise.race([audio.resume(), new Promise((resolve) => setTimeout(resolve, startMs))]);
  if (audio.state !== 'running') return false;
  for (const [hertz, after] of tones) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    const begin = audio.currentTime + after;
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.4, begin);
    // Without a click at its end.
    volume.gain.exponentialRampToValueAtTime(0.001, begin + toneSeconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + toneSeconds);
  }
  // Silence needs no device.
  setTimeout(() => void audio.suspend(), 1_000);
  return true;
}

/** Sounds and vibrates. False before the first touch of the user, since browsers allow neither until then. */
export async function soundAndVibrate(): Promise<boolean> {
  if (navigator.userActivation?.hasBeenActive === false) return false;
  const hasVibrated = navigator.vibrate?.([200, 100, 200]) ?? false;
  return (await chime().catch(() => false)) || hasVibrated;
}
