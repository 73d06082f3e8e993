import { validationMode } from 'auxilio/wire';
import { answers } from './answers.ts';

/** The script of the page. It sends its results itself: a driver's evaluation would bypass the page's policy. */
declare function addEventListener(type: string, listener: (event: { readonly blockedURI: string }) => void): void;

const barred: string[] = [];
addEventListener('securitypolicyviolation', ({ blockedURI }) => barred.push(blockedURI));

const turn = () => new Promise((resolve) => setTimeout(resolve));

async function found() {
  const answered = await answers();
  const mode = validationMode();
  await turn();
  return { answered, mode, barred: [...barred], evaluates: evaluates() };
}

function evaluates(): boolean {
  try {
    return new Function('return true')();
  } catch {
    return false;
  }
}

const send = (body: unknown) => fetch('/found', { method: 'POST', body: JSON.stringify(body) });

void found().then(send, (error: Error) => send({ failed: error.stack ?? error.message }));
