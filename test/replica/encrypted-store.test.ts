import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { memoryReplicaStore } from '../../src/memory.ts';
import type { ReplicaStore } from '../../src/stores/replica-store.ts';
import { actors } from '../../src/testing.ts';
import { assignVisit, own, world } from './device.ts';

const visitId = 'visit-1';

/** A store that encrypts each text, as an application may wrap its own. */
function encrypting(store: ReplicaStore, key: Buffer): ReplicaStore {
  const encrypt = (text: string): string => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
  };
  const decrypt = (text: string): string => {
    const bytes = Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
    return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
  };
  return {
    ...store,
    async readGroup(group) {
      const { revision, records } = await store.readGroup(group);
      return { revision, records: new Map([...records].map(([name, text]) => [name, decrypt(text)])) };
    },
    async listGroups(prefix) {
      const groups = await store.listGroups(prefix);
      return groups.map((group) => ({ ...group, head: group.head === null ? null : decrypt(group.head) }));
    },
    writeGroup: (group, revision, changes) =>
      store.writeGroup(
        group,
        revision,
        Object.fromEntries(Object.entries(changes).map(([name, text]) => [name, text === null ? null : encrypt(text)])),
      ),
  };
}

describe('a replica over a store that encrypts', () => {
  it('works as ever, and leaves nothing on the disk that can be read', async () => {
    const { server, device } = world();
    await server.service.handle(assignVisit);
    const disk = memoryReplicaStore();
    const key = randomBytes(32);
    const open = () => device(actors.provider, { store: encrypting(disk, key), device: 'el teléfono de Luis' });
    const { replica, network } = open();
    await replica.sync();
    network.online = false;
    const [arrive, show] = own(['RecordArrival', 'ShowCredential']);
    await replica.act(arrive as never);
    await replica.act(show as never, { despite: 'op-7, por teléfono' });
    await replica.drafts.save({ draftId: 'd-1', visitId, type: 'LocateFault', data: { where: 'la cocina' } });

    const groups = await Promise.all(['', 'drafts/'].map((prefix) => disk.listGroups(prefix)));
    const texts: string[] = [];
    for (const { group } of groups.flat()) texts.push(...(await disk.readGroup(group)).records.values());
    expect(texts.length).toBeGreaterThan(4);
    for (const word of ['teléfono', 'op-7', 'cocina', 'VisitAssigned', 'RecordArrival']) {
      expect(texts.join('\n')).not.toContain(word);
    }

    const again = open();
    expect((await again.replica.visit(visitId)).pending.map(({ command }) => command.metadata.despite)).toEqual([
      undefined,
      { by: 'op-7', reason: 'por teléfono' },
    ]);
    expect(await again.replica.drafts.list()).toHaveLength(1);
    expect((await again.replica.sync()).sent.accepted).toHaveLength(2);
    expect((await server.logOf(visitId)).at(-1)?.metadata?.despite?.by).toBe('op-7');
  });
});
