/** The file of what was not sent, with photographs: the acts come first and are always in it, and the memory does not grow with the photographs. */
import { describe, expect, it } from 'vitest';
import { memoryReplicaStore } from '../../src/memory.ts';
import { parseUnsent } from '../../src/replica.ts';
import { StoreError } from '../../src/stores/errors.ts';
import { actors } from '../../src/testing.ts';
import { assignVisit, own, world } from './device.ts';

const visitId = 'visit-1';
const MIB = 1024 * 1024;
const PHOTO_BYTES = 3_000_000;

/** A store whose photographs are made when they are read, so that they take no memory of the test; the largest sum alive is measured. */
function galleryStore() {
  const store = memoryReplicaStore();
  const places = new Map<string, number>();
  const broken = new Set<string>();
  const peak = { bytes: 0 };
  return {
    ...{ places, broken, peak },
    store: {
      ...store,
      async putBlob(sha256: string, bytes: Uint8Array) {
        places.set(sha256, bytes[2] ?? 0);
      },
      async readBlob(sha256: string) {
        const { heapUsed, arrayBuffers, external } = process.memoryUsage();
        peak.bytes = Math.max(peak.bytes, heapUsed + arrayBuffers + external);
        if (broken.has(sha256)) throw new StoreError('io', 'The sector cannot be read');
        const place = places.get(sha256);
        return place === undefined ? null : new Uint8Array(PHOTO_BYTES).fill(place);
      },
    },
  };
}

/** A phone with an act that waits, and some photographs. */
async function withPhotos(count: number) {
  const here = world();
  await here.server.service.handle(assignVisit);
  const { store, places, broken, peak } = galleryStore();
  const { replica, network } = here.device(actors.provider, { store });
  await replica.sync();
  network.online = false;
  const hashes: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const { sha256 } = await replica.photos.add(visitId, new Uint8Array([0xff, 0xd8, n, n >> 8]));
    hashes.push(sha256);
  }
  const answer = await replica.act(own(['RecordArrival'])[0] as never);
  expect(answer).toMatchObject({ ok: true });
  return { replica, hashes, places, broken, peak };
}

async function read(file: Blob) {
  const parsed = await parseUnsent(file);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

describe('the file of what was not sent, with 136 photographs of 3 MB', () => {
  it('has all acts, as many photographs as fit, and the names of the others, which a second file takes', async () => {
    const { replica, hashes, peak } = await withPhotos(136);
    const { heapUsed, arrayBuffers, external } = process.memoryUsage();
    const file = await replica.exportUnsent({ photos: true });
    expect(file.size).toBeLessThanOrEqual(64 * MIB);
    expect(peak.bytes - heapUsed - arrayBuffers - external).toBeLessThan(500 * MIB);
    const { commands, photos, leftOut } = await read(file);
    expect(commands).toHaveLength(1);
    expect(photos).toHaveLength(16);
    expect(photos.every(({ bytes }) => bytes.length === PHOTO_BYTES)).toBe(true);
    expect(new Set(leftOut.map((one) => one.leftOut))).toEqual(new Set(['file-full']));
    expect([...photos, ...leftOut].map(({ sha256 }) => sha256).sort()).toEqual([...hashes].sort());
    const rest = leftOut.slice(0, 3).map(({ sha256 }) => sha256);
    const second = await read(await replica.exportUnsent({ photos: rest }));
    expect(second.photos.map(({ sha256 }) => sha256)).toEqual(rest);
    expect([second.commands.length, second.leftOut]).toEqual([1, []]);
  });
});

describe('a photograph that cannot be read', () => {
  it('is named, and keeps neither the acts nor the other photographs from the file', async () => {
    const { replica, hashes, places, broken } = await withPhotos(3);
    const [missing = '', bad = '', good = ''] = hashes;
    places.delete(missing);
    broken.add(bad);
    const { commands, photos, leftOut, unread } = await read(await replica.exportUnsent({ photos: true }));
    expect([commands.length, photos.map(({ sha256 }) => sha256), unread]).toEqual([1, [good], []]);
    expect(leftOut.map(({ sha256, leftOut: why }) => [sha256, why])).toEqual([
      [missing, 'missing'],
      [bad, 'unreadable'],
    ]);
  });
});
