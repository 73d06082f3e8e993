/** The page of a phone under test: a replica over IndexedDB and HTTP, and what it has heard. */
import { indexedDbReplicaStore } from 'auxilio/indexeddb';
import { type ActCommand, createReplica, httpRemote } from 'auxilio/replica';
import { NOW, type Step } from '../../../scripts/faults/phone/work.ts';

declare const location: { readonly origin: string };
declare const navigator: {
  readonly serviceWorker: {
    register(url: string): Promise<unknown>;
    readonly ready: Promise<unknown>;
    readonly controller: unknown;
  };
};

const heard: (string | null)[] = [];

const replica = createReplica({
  store: indexedDbReplicaStore({ name: 'phone' }),
  remote: httpRemote({ url: `${location.origin}/api` }),
  actor: { role: 'provider', id: 'p-1' },
  device: 'phone-7',
  now: () => NOW,
  monotonicMs: () => 0,
  undoMs: 0,
});
replica.subscribe(({ visitId }) => heard.push(visitId));

const decoded = (text: string) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const codeOf = (error: unknown) => (error as { code?: string }).code ?? String(error);

/** Takes acts until one is not recorded; the ids of those that were, and what came of the one that was not. */
async function act(steps: readonly Step[]) {
  const answered: string[] = [];
  for (const { command, photo } of steps) {
    const { visitId } = command.data as unknown as { visitId: string };
    try {
      if (photo !== undefined) await replica.photos.add(visitId, decoded(photo), { mediaType: 'image/jpeg' });
      const answer = await replica.act(command as unknown as ActCommand);
      if (!answer.ok) return { answered, failed: answer.reason };
    } catch (error) {
      return { answered, failed: codeOf(error) };
    }
    answered.push(command.metadata.commandId);
  }
  return { answered, failed: null };
}

async function sync() {
  const { result } = await replica.sync();
  return { result, waiting: replica.status.waiting };
}

async function visit(visitId: string) {
  const { events, pending, local, confirmed } = await replica.visit(visitId);
  return {
    confirmed: events.map(({ type }) => type),
    waiting: pending.map(({ command }) => command.metadata.commandId),
    phases: [confirmed.phase, local.phase],
  };
}

/** Adds photographs until there is no room; how many were kept, and the refusal. */
async function fill(visitId: string) {
  for (let kept = 0; ; kept += 1) {
    try {
      await replica.photos.add(visitId, crypto.getRandomValues(new Uint8Array(60_000)));
    } catch (error) {
      return { kept, failed: codeOf(error) };
    }
  }
}

/** Lets a service worker keep the page. */
async function install() {
  await navigator.serviceWorker.register('/sw.js');
  await navigator.serviceWorker.ready;
  while (navigator.serviceWorker.controller === null) await new Promise((resolve) => setTimeout(resolve, 10));
}

(globalThis as unknown as Record<string, unknown>).phone = {
  ...{ act, sync, visit, fill, install },
  heard: () => heard,
  losses: () => replica.status.losses.map(({ kind }) => kind),
  status: () => replica.status,
};
