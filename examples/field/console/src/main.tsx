import { effect } from '@preact/signals';
import { render } from 'preact';
import { showErased } from '../../ui/erased.ts';
import { get } from './api.ts';
import { loadLanguage } from './app.ts';
import { followBoard } from './follow.ts';
import { Root } from './root.tsx';
import { interrupted, isCenter, locale, onTabChange, type Session, session } from './session.ts';
import '../../ui/base.css';
import './style.css';

showErased();
const root = document.querySelector('#app');
if (root === null) throw new Error('The page has no #app');

// Words, session and board are asked for at once, before anything is drawn.
loadLanguage(locale()).catch(console.error);
async function readSession(): Promise<void> {
  const answer = await get<Session>('/session');
  if (answer.ok) {
    session.value = answer.value;
    interrupted.value = null;
  } else if (answer.status !== 0 || session.peek() === undefined) session.value = null;
}
void readSession();
onTabChange(readSession);
let stop: (() => void) | undefined;
let followed: string | null = null;
effect(() => {
  const person = session.value ?? null;
  const next = person !== null && isCenter(person) ? person.actorId : null;
  if (next === followed) return;
  followed = next;
  stop?.();
  stop = next === null ? undefined : followBoard();
});
render(<Root />, root);
