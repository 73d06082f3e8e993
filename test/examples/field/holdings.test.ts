import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from 'auxilio';
import type { HeldPhoto } from 'auxilio/service';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { photosIn } from '../../../examples/field/server/photos.ts';
import { type Look, lookAt } from '../../../examples/field/server/pictures.ts';
import { jpeg } from '../../../scripts/field/jpeg.ts';
import { pngOf } from '../../support/pictures.ts';
import { arrive, at } from '../http/host.ts';
import { hashOf, inspecting, photo, submit, take } from '../http/photo-bytes.ts';
import { fieldHost } from './field-host.ts';

const { bytes, sha256 } = photo();
let folder: string;
let host: Awaited<ReturnType<typeof fieldHost>>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'field-holdings-'));
  host = await fieldHost({ photos: photosIn(folder) });
  await host.assign('v-1', 'gerardo');
  await host.assign('v-2', 'lucia');
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (login: string, visitId: string, body: Uint8Array<ArrayBuffer>) =>
  host.as(login, `/api/photos/${hashOf(body)}?visit=${visitId}`, { method: 'PUT', body });

async function act(login: string, visitId: string, ...acts: readonly { type: string; data: object }[]): Promise<void> {
  for (const one of acts) {
    const body = { ...one, data: { ...one.data, visitId } };
    expect((await host.as(login, `/api/visits/${visitId}/commands`, { method: 'POST', body })).status).toBe(200);
  }
}

async function photosOf(login: string, visitId: string): Promise<readonly HeldPhoto[]> {
  const reply = await host.as(login, `/api/visits/${visitId}/photos`);
  expect(reply.status).toBe(200);
  return ((await reply.json()) as { photos: readonly HeldPhoto[] }).photos;
}

const document = (photoIds: string[]) => {
  const { type, data } = commands.documentPhotos(
    { visitId: 'v-1', at: at(12), photoIds },
    { role: 'contact-center', id: 'marta' },
  );
  return { type, data };
};

describe('the photographs of a visit', () => {
  it('are said by an act, held once their bytes came, and filed by a person (1.1-19, 1.1-22)', async () => {
    await act('gerardo', 'v-1', arrive(), ...inspecting(), take('f-1', sha256, 'c-take'));
    expect(await photosOf('marta', 'v-1')).toMatchObject([{ photoId: 'f-1', said: null, held: null, filed: null }]);
    host.time.minutes = 10;
    expect((await put('gerardo', 'v-1', bytes)).status).toBe(200);
    host.time.minutes = 11;
    await act('gerardo', 'v-1', submit(['f-1'], 'c-submit'));
    const held = { since: at(10), mediaType: 'image/jpeg', bytes: bytes.byteLength };
    expect(await photosOf('marta', 'v-1')).toMatchObject([{ said: at(10), held, filed: null, missingSince: null }]);
    host.time.minutes = 12;
    await act('marta', 'v-1', document(['f-1']));
    expect(await photosOf('pablo', 'v-1')).toMatchObject([{ said: at(10), held, filed: at(12) }]);
  });

  it('are missing since they were said to be sent, if their file is gone', async () => {
    await act('gerardo', 'v-1', arrive(), ...inspecting(), take('f-1', sha256, 'c-take'));
    await put('gerardo', 'v-1', bytes);
    await act('gerardo', 'v-1', submit(['f-1'], 'c-submit'));
    await host.field.photos.remove(sha256);
    expect(await photosOf('marta', 'v-1')).toMatchObject([{ held: null, missingSince: at(10) }]);
    const report = await (await host.as('marta', '/api/visits/v-1/report?locale=en')).text();
    expect(report).toMatch(/missing since/i);
  });

  it('name the other visits that have the same file, to the center alone', async () => {
    await act('gerardo', 'v-1', arrive(), ...inspecting(), take('f-1', sha256, 'c-take'));
    await act('lucia', 'v-2', arrive(), ...inspecting(), take('f-9', sha256, 'c-take'));
    expect(await photosOf('marta', 'v-1')).toMatchObject([{ photoId: 'f-1', repeated: ['v-2'] }]);
    expect(await photosOf('gerardo', 'v-1')).toMatchObject([{ photoId: 'f-1', repeated: [] }]);
    expect((await host.as('lucia', '/api/visits/v-1/photos')).status).toBe(403);
  });

  it('are not held by the bytes that a person of another visit sent', async () => {
    await act('lucia', 'v-2', arrive(), ...inspecting(), take('f-9', sha256, 'c-take'));
    await put('lucia', 'v-2', bytes);
    await act('gerardo', 'v-1', arrive(), ...inspecting(), take('f-1', sha256, 'c-take'));
    expect(await photosOf('marta', 'v-1')).toMatchObject([{ photoId: 'f-1', held: null }]);
    expect(await photosOf('marta', 'v-2')).toMatchObject([{ photoId: 'f-9', held: { mediaType: 'image/jpeg' } }]);
  });

  it.each([
    ['was cut', jpeg.subarray(0, -20)],
    ['is a header alone', Buffer.concat([jpeg.subarray(0, 100), Buffer.alloc(900)])],
    ['takes too much memory', pngOf(50_000, 50_000, Buffer.alloc(1_000), 9)],
  ])('are refused where the file %s, and can be sent again', async (_, file) => {
    await act('gerardo', 'v-1', arrive(), ...inspecting());
    const broken = Uint8Array.from(file);
    const refused = await put('gerardo', 'v-1', broken);
    expect([refused.status, (await refused.json()) as object]).toMatchObject([415, { code: 'not-an-image' }]);
    const head = await host.as('gerardo', `/api/photos/${hashOf(broken)}?visit=v-1`, { method: 'HEAD' });
    expect(head.headers.get('upload-complete')).toBe('?0');
    expect((await put('gerardo', 'v-1', bytes)).status).toBe(200);
  });

  it('are taken another time where the server could not look at them', async () => {
    let isFull = true;
    const look: Look = (given) => (isFull ? Promise.reject(new Error('out of memory')) : lookAt(given));
    host = await fieldHost({ photos: photosIn(folder, look) });
    await host.assign('v-1', 'gerardo');
    await act('gerardo', 'v-1', arrive(), ...inspecting(), take('f-1', sha256, 'c-take'));
    const failed = await put('gerardo', 'v-1', bytes);
    expect([failed.status, await failed.json()]).toMatchObject([500, { code: 'failed' }]);
    expect(host.failures).toMatchObject([{ message: 'out of memory' }]);
    expect(await photosOf('marta', 'v-1')).toMatchObject([{ photoId: 'f-1', held: null }]);
    isFull = false;
    expect((await put('gerardo', 'v-1', bytes)).status).toBe(200);
    expect(await photosOf('marta', 'v-1')).toMatchObject([{ photoId: 'f-1', held: { mediaType: 'image/jpeg' } }]);
  });
});
