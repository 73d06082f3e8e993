import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Id, VisitCommand } from 'auxilio';
import { memoryReplicaStore } from 'auxilio/memory';
import { type ActCommand, createReplica, httpRemote, type Replica } from 'auxilio/replica';
import { jpeg } from '../field/jpeg.ts';
import { logIn, type Network, networkOf } from './network.ts';
import { providerId } from './settings.ts';

/** An act that a phone or a console was answered to be recorded. */
export type Answered = Readonly<{ commandId: Id; visitId: Id; by: Id }>;

/** A simulated phone. */
export interface Phone {
  readonly replica: Replica;
  readonly network: Network;
  /** Records an act of a story, now; false if it is refused, or the visit is not here. */
  act(command: VisitCommand): Promise<boolean>;
  /** Syncs until nothing waits; answers what still does. */
  empty(untilMs: number): Promise<string | null>;
  end(): void;
}

const IDLE_MS = 6_000;

export async function startPhone(
  url: string,
  index: number,
  random: () => number,
  answered: Answered[],
): Promise<Phone> {
  const id = providerId(index);
  const network = networkOf(random, 0.03);
  const cookie = await logIn(url, id);
  const replica = createReplica({
    store: memoryReplicaStore(),
    remote: httpRemote({
      url: `${url}/api`,
      fetch: network.fetch,
      headers: { 'x-field': '1', cookie },
      timeoutMs: 20_000,
    }),
    actor: { role: 'provider', id },
    device: `${id}-phone`,
    undoMs: 0,
  });
  const ending = new AbortController();
  let isDue = false;

  async function keepSyncing(): Promise<void> {
    while (!ending.signal.aborted) {
      isDue = false;
      if (network.isOn) await replica.sync({ signal: ending.signal });
      const startedAt = performance.now();
      const idleMs = IDLE_MS * (0.5 + random());
      while (!isDue && performance.now() - startedAt < idleMs && !ending.signal.aborted) await pause(100);
    }
  }
  const syncing = keepSyncing();

  return {
    replica,
    network,
    async act(given) {
      const { visitId } = given.data;
      if ((await replica.visit(visitId)).events.length === 0) return false;
      const command = await withPhotos(replica, given);
      const plain = await replica.act(command);
      const may = !plain.ok && plain.reason === 'refused' && random() < 0.5;
      const answer = may ? await replica.act(command, { despite: 'op-1, por teléfono' }) : plain;
      isDue = true;
      if (answer.ok) answered.push({ commandId: answer.commandId, visitId, by: id });
      else if (command.type === 'TakePhotos') {
        for (const { sha256 } of command.data.photos) await replica.photos.remove(visitId, sha256);
      }
      return answer.ok;
    },
    async empty(untilMs) {
      ending.abort();
      await syncing;
      network.isOn = true;
      for (;;) {
        const report = await replica.sync();
        const { verdict, waiting, withheld, photosWaiting, failing, problems } = replica.status;
        if (verdict === 'received') return null;
        // What the server failed at while its disk was full is tried again by itself.
        const isTriedAgain = problems.some((problem) => 'retryAt' in problem || 'tried' in problem);
        if (waiting === 0 && photosWaiting === 0 && failing.length === 0 && !isTriedAgain)
          return `${withheld} withheld`;
        if (performance.now() > untilMs)
          return JSON.stringify({ id, waiting, withheld, photosWaiting, failing, report });
        await pause(500);
      }
    },
    end: () => replica.close(),
  };
}

/** An act whose photographs have bytes, which the phone keeps. */
async function withPhotos(replica: Replica, { type, data }: VisitCommand): Promise<ActCommand> {
  if (type !== 'TakePhotos') return { type, data } as ActCommand;
  const photos = [];
  for (const photo of data.photos) {
    const bytes = Buffer.concat([jpeg, randomBytes(1500)]);
    const { sha256 } = await replica.photos.add(data.visitId, new Uint8Array(bytes), { mediaType: 'image/jpeg' });
    photos.push({ ...photo, sha256 });
  }
  return { type, data: { ...data, photos } };
}
