/** The two ways in: a link with a secret, or a code that the center tells. */
import { signal } from '@preact/signals';
import { forgotten, forgottenKey } from './app.ts';
import { openSession, TroubleError } from './calls.ts';
import { deviceName, publicKey } from './key.ts';
import type { Trouble } from './server.ts';
import { keepEntered, read } from './store.ts';
import { inTabs, send, showKept } from './sync.ts';

/** The door whose code is asked for, from the address of a QR. */
export const door = signal<string | null>(null);
/** The reason why the way in did not open. */
export const stopped = signal<Trouble | null>(null);
export const isEntering = signal(false);

/** The secret of a link that did not open for want of a signal, to be tried again: it is kept in memory alone. */
let unopened: string | null = null;

/** Takes what the address names out of it at once, and opens it. */
export async function enterByAddress(): Promise<void> {
  const { hash, searchParams, pathname } = new URL(location.href);
  const secret = /^#[\w-]+$/.test(hash) ? hash.slice(1) : null;
  const doorId = searchParams.get('v');
  if (secret !== null || doorId !== null) history.replaceState(null, '', pathname);
  if (secret !== null) await enterBy({ secret });
  else if (doorId !== null) door.value = doorId;
}
// A link that is opened in a tab that has the page already changes the fragment alone.
addEventListener('hashchange', () => void enterByAddress());

/** Tries the link again that did not open for want of a signal. */
export const tryAgain = async (): Promise<void> => {
  if (unopened !== null) await enterBy({ secret: unopened });
};

export const enterByCode = (code: string): Promise<void> => enterBy({ door: door.peek() ?? '', code });

/** Goes on with the visit that this device has. */
export function goOn(): void {
  door.value = null;
  stopped.value = null;
}

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function enterBy(way: Readonly<{ secret: string } | { door: string; code: string }>): Promise<void> {
  stopped.value = null;
  isEntering.value = true;
  try {
    const [link, known, key] = await Promise.all([
      'secret' in way ? sha256(way.secret) : null,
      read('session'),
      publicKey(),
    ]);
    if (link !== null && known?.link === link) return;
    // What waits of another visit is sent before its session is replaced.
    if (known !== undefined) await send();
    const opened = await openSession({ ...way, device: deviceName(), key });
    const { visitId, actorId, centerPhone, device } = opened;
    await keepEntered({ visitId, actorId, centerPhone, device, link }, opened.visit);
    localStorage.removeItem(forgottenKey);
    forgotten.value = false;
    goOn();
    unopened = null;
    await showKept();
    inTabs.postMessage('entered');
    void send();
  } catch (error) {
    if (!(error instanceof TroubleError)) console.error(error);
    stopped.value = error instanceof TroubleError ? error.trouble : 'no-signal';
    unopened = stopped.value === 'no-signal' && 'secret' in way ? way.secret : null;
  } finally {
    isEntering.value = false;
  }
}
