/** The page of a phone: it acts and syncs until it is killed, and says which acts were answered. */
import { indexedDbReplicaStore } from 'auxilio/indexeddb';
import { memoryReplicaStore, type ReplicaStore } from 'auxilio/memory';
import { type ActCommand, createReplica, httpRemote, parseUnsent, type Replica } from 'auxilio/replica';
import type { Step, Work } from './work.ts';

/** Calls of the campaign, which drives the browser. */
declare const begun: (commandId: string) => Promise<void>;
declare const answered: (commandId: string) => Promise<void>;

const decoded = (text: string) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

/** A second place that keeps nothing. A spread of the store copies none. */
const forgetful = { read: async () => new Map<string, string>(), write: async () => undefined };

function openStore({ fault, encrypted = false }: Work): ReplicaStore {
  if (fault === 'outbox-in-memory') return memoryReplicaStore();
  const store = indexedDbReplicaStore({ name: 'phone', encrypted });
  if (fault === 'no-second-place') return { ...store };
  return fault === 'forgetful-second-place' ? { ...store, journal: forgetful } : store;
}

function openReplica(given: Work): Replica {
  const { now } = given;
  return createReplica({
    store: openStore(given),
    remote: httpRemote({ url: `${location.origin}/api` }),
    actor: { role: 'provider', id: 'p-1' },
    device: 'phone-7',
    now: () => now,
    monotonicMs: () => 0,
    undoMs: 0,
  });
}

declare const location: { readonly origin: string };

async function take(replica: Replica, { command, photo }: Step, fault: Work['fault']): Promise<void> {
  const { commandId } = command.metadata;
  if (photo !== undefined) {
    const { visitId } = command.data as unknown as { visitId: string };
    await replica.photos.add(visitId, decoded(photo), { mediaType: 'image/jpeg' });
  }
  await begun(commandId);
  const acting = replica.act(command as unknown as ActCommand);
  if (fault === 'answered-early') await answered(commandId);
  const answer = await acting;
  if (!answer.ok) throw new Error(`${commandId}: ${JSON.stringify(answer)}`);
  if (fault !== 'answered-early') await answered(commandId);
}

/** Takes the steps, and syncs now and then meanwhile: beside the acts, or before the next one. */
async function work(given: Work): Promise<void> {
  const replica = openReplica(given);
  await replica.sync();
  for (const [n, step] of given.steps.entries()) {
    await take(replica, step, given.fault);
    if (given.syncEvery > 0 && n % given.syncEvery === 0) {
      const syncing = replica.sync();
      if (n % 2 === 0) await syncing;
    }
  }
}

let full: Replica | undefined;

/** Takes the steps on a disk that may be full, as far as they are answered; the codes of the refusals, and the status after them. */
async function takeWhileFull(given: Work) {
  full ??= openReplica(given);
  const codes: unknown[] = [];
  for (const step of given.steps) {
    try {
      await take(full, step, given.fault);
    } catch (error) {
      codes.push((error as { code?: unknown }).code ?? 'refused');
    }
  }
  await full.visits().catch(() => undefined);
  const { waiting, storeFull, journal, losses } = full.status;
  return { codes, waiting, storeFull, journal, losses };
}

/** The ids of the acts that the device has of these visits: those that wait, and those that the server has confirmed. */
async function held(given: Work, visitIds: readonly string[]): Promise<string[]> {
  const replica = openReplica(given);
  await replica.visits();
  const visits = await Promise.all(visitIds.map((visitId) => replica.visit(visitId)));
  replica.close();
  return visits.flatMap(({ events, pending }) => [
    ...events.map(({ metadata }) => metadata?.commandId ?? ''),
    ...pending.map(({ command }) => command.metadata.commandId ?? ''),
  ]);
}

/** The ids of the acts in the file of what was not sent, which needs no store. */
async function unsent(given: Work): Promise<readonly string[]> {
  const replica = openReplica(given);
  const parsed = await parseUnsent(await replica.exportUnsent());
  replica.close();
  return parsed.ok ? parsed.value.commands.map(({ command }) => command.metadata.commandId ?? '') : [];
}

/** Syncs until nothing waits. */
async function rest(given: Work) {
  const replica = openReplica(given);
  for (let rounds = 0; rounds < 20; rounds += 1) {
    await replica.sync();
    if (replica.status.waiting === 0) break;
  }
  const { waiting, withheld, photosLost, failing } = replica.status;
  return { waiting, withheld, photosLost, failing };
}

(globalThis as unknown as Record<string, unknown>).phone = { held, work, rest, takeWhileFull, unsent };
