import { effect } from '@preact/signals';
import { render } from 'preact';
import { get } from './api.ts';
import { loadLanguage } from './app.ts';
import { followBoard } from './follow.ts';
import { Root } from './root.tsx';
import { isCenter, locale, type Session, session } from './session.ts';
import '../../ui/base.css';
import './style.css';

const root = document.querySelector('#app');
if (root === null) throw new Error('The page has no #app');

// Words, session and board are asked for at once, before anything is drawn.
loadLanguage(locale()).catch(console.error);
get<Session>('/session').then((answer) => {
  session.value = answer.ok ? answer.value : null;
});
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
