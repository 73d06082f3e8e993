/** The phone: the first paint needs neither the visits nor the schemas; both are loaded after it. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { showErased } from '../../ui/erased.ts';
import { inside, phone } from './app.tsx';
import type { Phone } from './phone.ts';
import { Root } from './root.tsx';
import { isSamePolicy, restoreSession, type Session, session } from './session.ts';
import { loadTexts } from './words.ts';
import '../../ui/base.css';
import './style.css';

const root = document.querySelector('#app');
if (root === null) throw new Error('The page has no #app');
showErased();
const restoring = restoreSession().catch(console.error);
// Only a session that is not at hand is waited for.
if (session.peek() === null) await restoring;
// Someone who chose English and has no signal has its texts from the cache.
await loadTexts(session.peek()?.locale ?? 'es-CR').catch(console.error);
render(<Root />, root);

// The visits of the person who has entered; another person's are closed before.
let opened: Session | null = null;
effect(() => {
  const entered = session.value;
  const isTheirs = entered?.actorId === opened?.actorId && entered?.locale === opened?.locale;
  if (isTheirs && isSamePolicy(entered?.policy, opened?.policy)) return;
  opened = entered;
  // Under another policy the screens stay as they are until the visits are opened again.
  if (!isTheirs) show(null);
  if (entered === null) return;
  open(entered).catch((error) => {
    console.error(error);
    document.dispatchEvent(new CustomEvent('phone-failed', { detail: error }));
  });
});

async function open(entered: Session): Promise<void> {
  const { openPhone, Inside } = await import('./inside.tsx');
  const made = await openPhone(entered);
  if (opened !== entered) return made.close();
  inside.value = Inside;
  show(made);
}

function show(made: Phone | null): void {
  const before = phone.peek();
  phone.value = made;
  before?.close();
}

if (import.meta.env.MODE === 'production') {
  navigator.serviceWorker?.register('/phone/sw.js', { scope: '/phone/' }).catch((error) => console.error(error));
}
