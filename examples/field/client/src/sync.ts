/** The exchange with the server: what was said is sent in its order, in one tab at a time, and the visit comes back. */
import { batch } from '@preact/signals';
import type { ClientOutcome } from '../../client-contract.ts';
import { said, session, trouble, visit } from './app.ts';
import { fetchVisit, sendCommands, TroubleError } from './calls.ts';
import { forgetErased } from './forgetting.ts';
import { knownDevice } from './key.ts';
import type { Said } from './server.ts';
import { keepAnswer, listSaid, read } from './store.ts';

/** Milliseconds after which the server is asked again, while the page is seen. */
const retryMs = 20_000;
/** At most so many commands in one call. */
const batchSize = 50;

/** Tells the other tabs of this device that what it keeps has changed. */
export const inTabs = new BroadcastChannel('client');
inTabs.addEventListener('message', () => void showKept());

/** Shows what this device keeps. */
export async function showKept(): Promise<void> {
  const [entered, seen, all] = await Promise.all([read('session'), read('visit'), listSaid()]);
  batch(() => {
    session.value = entered ?? null;
    visit.value = seen?.view.visitId === entered?.visitId ? (seen ?? null) : null;
    said.value = all;
  });
}

/** Sends what waits, and asks for the visit. */
export async function send(): Promise<void> {
  if (session.peek() === null && knownDevice() === null) return;
  try {
    await navigator.locks.request('client-sync', exchange);
    trouble.value = null;
  } catch (error) {
    if (!(error instanceof TroubleError)) console.error(error);
    trouble.value = error instanceof TroubleError ? error.trouble : 'no-signal';
  }
  // After what waits was sent, where the session still stands.
  await navigator.locks.request('client-sync', forgetErased).catch(() => undefined);
  inTabs.postMessage('sent');
  await showKept();
}

async function exchange(): Promise<void> {
  const entered = await read('session');
  if (entered === undefined) return;
  const due = (await listSaid()).filter(({ visitId, outcome }) => outcome === null && visitId === entered.visitId);
  const outcomes = new Map<string, ClientOutcome>();
  for (const part of inParts(due)) {
    for (const [index, outcome] of (await answersTo(part)).entries()) outcomes.set(idOf(part[index]), outcome);
  }
  // What is sent twice, because this page was closed in between, is on record once: the server knows its id.
  await keepAnswer(await fetchVisit(), outcomes);
}

/** The outcomes of what was said; what the server cannot read is refused, and does not stop the rest. */
async function answersTo(part: readonly Said[]): Promise<readonly ClientOutcome[]> {
  try {
    return await sendCommands(part);
  } catch (error) {
    if (!(error instanceof TroubleError) || error.trouble !== 'malformed') throw error;
    if (part.length === 1) return [{ outcome: 'refused', rules: ['malformed'] }];
    const answers: ClientOutcome[] = [];
    for (const said of part) answers.push(...(await answersTo([said])));
    return answers;
  }
}

const idOf = (said: Said | undefined) => said?.command.metadata.commandId ?? '';

/** Splits commands into calls: each has those that were said in a row on one version of the visit. */
function inParts(due: readonly Said[]): readonly (readonly Said[])[] {
  const parts: Said[][] = [];
  for (const said of due) {
    const part = parts.at(-1);
    if (part === undefined || part[0]?.basedOn !== said.basedOn || part.length === batchSize) parts.push([said]);
    else part.push(said);
  }
  return parts;
}

/** Follows the server: exchanges each time that the visit has changed, there may be a signal again, or the page is looked at. */
export function followServer(): void {
  let stream: EventSource | undefined;
  const follow = () => {
    if (document.visibilityState !== 'visible') return;
    void send();
    if (session.peek() === null || (stream !== undefined && stream.readyState !== EventSource.CLOSED)) return;
    stream = new EventSource('/api/client/stream');
    for (const name of ['visit', 'hello', 'reset']) stream.addEventListener(name, () => void send());
  };
  addEventListener('online', follow);
  document.addEventListener('visibilitychange', follow);
  setInterval(follow, retryMs);
  follow();
}
