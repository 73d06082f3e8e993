import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { indexedDbDeviceKey } from '../../src/indexeddb.ts';
import { memoryReplicaStore } from '../../src/memory.ts';
import { createReplica, parseUnsent, type Remote } from '../../src/replica.ts';

const algorithm = { name: 'ECDSA', hash: 'SHA-256', namedCurve: 'P-256' };

/** Verifies by the key that the server was told. */
async function verifying(spki: string) {
  const key = await crypto.subtle.importKey('spki', Buffer.from(spki, 'base64'), algorithm, false, ['verify']);
  return {
    verify: (bytes: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>) =>
      crypto.subtle.verify(algorithm, key, signature, bytes),
  };
}

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));
afterEach(() => void vi.unstubAllGlobals());

describe('the key of a device, in IndexedDB', () => {
  it('signs the file of what was not sent, under one key for all tabs', async () => {
    const tabs = [indexedDbDeviceKey({ name: 'visits' }), indexedDbDeviceKey({ name: 'visits' })] as const;
    const keys = await Promise.all(tabs.map(({ publicKey }) => publicKey()));
    expect(new Set(keys).size).toBe(1);
    const actor = { role: 'provider', id: 'p-1' } as const;
    const remote = { sync: () => undefined } as unknown as Remote;
    const replica = createReplica({ ...tabs[1], store: memoryReplicaStore(), remote, actor, device: 'phone-7' });
    const parsed = await parseUnsent(await replica.exportUnsent(), await verifying(keys[0] ?? ''));
    expect(parsed).toMatchObject({ ok: true, value: { isSigned: true } });
    const again = await indexedDbDeviceKey({ name: 'visits' }).publicKey();
    expect(again).toBe(keys[0]);
    expect(await indexedDbDeviceKey({ name: 'others' }).publicKey()).not.toBe(again);
  });

  it('has a private part that no script can read', async () => {
    const generated = vi.spyOn(crypto.subtle, 'generateKey');
    await indexedDbDeviceKey({ name: 'visits' }).publicKey();
    const pair = (await generated.mock.results[0]?.value) as { privateKey: Parameters<typeof crypto.subtle.sign>[1] };
    await expect(crypto.subtle.exportKey('pkcs8', pair.privateKey)).rejects.toThrow();
    generated.mockRestore();
  });

  it('is refused where there is no IndexedDB, and made once there is', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const key = indexedDbDeviceKey({ name: 'visits' });
    await expect(key.publicKey()).rejects.toMatchObject({ code: 'store-unavailable' });
    vi.stubGlobal('indexedDB', new IDBFactory());
    expect(await key.publicKey()).toHaveLength(124);
  });

  it.each([undefined, '', 7])('is named by a text, not %j', (name) => {
    expect(() => indexedDbDeviceKey({ name } as never)).toThrow(expect.objectContaining({ code: 'store-invalid' }));
  });
});
