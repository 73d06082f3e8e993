import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands as create } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { afterAll, describe, expect, it } from 'vitest';
import { photoFolder } from '../../../examples/http/photo-folder.ts';
import { memoryPhotoStore, type PhotoStore } from '../../../examples/http/photo-store.ts';
import type { BatchReply, PhotoReply, ProblemReply, SyncReply } from '../../../examples/http/replies.ts';
import { ana, arrive, assign, at, eva, hostOn, luis, operator, sent } from './host.ts';
import { hashOf, inspecting, photo, submit, take } from './photo-bytes.ts';

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'photos-'));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true });
});

const nobody = { role: 'contact-center', id: 'nobody' } as const;

type Claims = typeof luis | null;
type Body = Uint8Array<ArrayBuffer>;

async function visited(photos: PhotoStore | undefined = memoryPhotoStore(), store = memoryStore()) {
  const host = hostOn(store, photos && { photos });
  await host.send(operator, assign());
  await host.send(operator, assign('v-2'));
  await host.send(luis, arrive('v-1', 'c-1'));
  const put = <T = PhotoReply>(name: string, body: Body, headers: Record<string, string> = {}, claims: Claims = luis) =>
    host.ask<T>(claims, 'PUT', `/photos/${name}?visit=v-1`, {
      body,
      headers: { 'content-type': 'image/jpeg', ...headers },
    });
  const part = <T = PhotoReply>(
    { bytes, sha256 }: ReturnType<typeof photo>,
    from: number,
    to: number,
    claims?: Claims,
  ) => put<T>(sha256, bytes.slice(from, to), { 'content-range': `bytes ${from}-${to - 1}/${bytes.length}` }, claims);
  const head = async (name: string, claims: Claims = luis, visit = 'v-1') => {
    const { status, headers } = await host.ask(claims, 'HEAD', `/photos/${name}?visit=${visit}`);
    return [status, headers.get('upload-offset'), headers.get('upload-complete')];
  };
  return { ...host, put, part, head };
}

const stores: [string, () => PhotoStore][] = [
  ['in memory', memoryPhotoStore],
  ['in a folder', () => photoFolder(folder())],
];

describe.each(stores)('photographs %s', (_, open) => {
  it('are uploaded whole, and once', async () => {
    const { put, head } = await visited(open());
    const one = photo();
    expect(await head(one.sha256)).toEqual([200, '0', '?0']);
    const { status, body } = await put(one.sha256, one.bytes);
    expect([status, body]).toEqual([200, { sha256: one.sha256, offset: 200, complete: true }]);
    expect(await head(one.sha256)).toEqual([200, '200', '?1']);
    const again = await put(one.sha256, new Uint8Array(3));
    expect(again.body).toEqual(body);
  });

  it('whose uploads were abandoned are removed by their age, and no others', async () => {
    const photos = open();
    const { put, part, head } = await visited(photos);
    const [whole, begun] = [photo(), photo(1000)];
    await put(whole.sha256, whole.bytes);
    await part(begun, 0, 400);
    expect(await photos.removeAbandoned(60_000)).toBe(0);
    expect(await head(begun.sha256)).toEqual([200, '400', '?0']);
    expect(await photos.removeAbandoned(0)).toBe(1);
    expect(await photos.removeAbandoned(0)).toBe(0);
    expect(await head(begun.sha256)).toEqual([200, '0', '?0']);
    expect(await head(whole.sha256)).toEqual([200, '200', '?1']);
    expect((await part(begun, 0, 1000)).status).toBe(200);
  });

  it('are uploaded in parts, which go on where they stand', async () => {
    const { part, head } = await visited(open());
    const one = photo(1000);
    expect((await part(one, 0, 400)).body).toEqual({ sha256: one.sha256, offset: 400, complete: false });
    expect(await head(one.sha256)).toEqual([200, '400', '?0']);
    for (const [from, to] of [
      [399, 500],
      [401, 500],
      [900, 1000],
    ] as const) {
      const { body } = await part<ProblemReply>(one, from, to);
      expect(body).toMatchObject({ status: 409, code: 'offset-mismatch', offset: 400 });
    }
    expect((await part(one, 400, 1000)).body.complete).toBe(true);
    expect(await head(one.sha256)).toEqual([200, '1000', '?1']);
  });

  it('begin again at 0', async () => {
    const { part } = await visited(open());
    const one = photo(1000);
    await part(one, 0, 400);
    expect((await part(one, 0, 100)).body.offset).toBe(100);
    await part(one, 100, 600);
    expect((await part(one, 600, 1000)).body.complete).toBe(true);
  });

  it('are not stored under another hash: the upload is removed', async () => {
    const { put, part, head } = await visited(open());
    const [one, other] = [photo(), photo(300)];
    const { body } = await put<ProblemReply>(other.sha256, one.bytes);
    expect(body).toMatchObject({ status: 422, code: 'hash-mismatch' });
    expect(await head(other.sha256)).toEqual([200, '0', '?0']);
    await part({ ...other, bytes: one.bytes }, 0, 100);
    const damaged = await part<ProblemReply>({ ...other, bytes: one.bytes }, 100, 200);
    expect([damaged.body.code, await head(other.sha256)]).toEqual(['hash-mismatch', [200, '0', '?0']]);
    expect((await put(other.sha256, other.bytes)).body.complete).toBe(true);
  });

  it('are uploaded by each caller alone', async () => {
    const { part, head } = await visited(open());
    const one = photo(1000);
    await part({ ...one, bytes: new Uint8Array(1000).fill(0xff) }, 0, 400).catch(() => undefined);
    await part(one, 0, 400, operator);
    expect(await head(one.sha256, luis)).toEqual([200, '0', '?0']);
    await part(one, 0, 1000);
    expect(await head(one.sha256)).toEqual([200, '1000', '?1']);
    // A hash does not say to those who lack the bytes that they are here.
    expect(await head(one.sha256, operator)).toEqual([200, '400', '?0']);
    await part(one, 400, 1000, operator);
    expect(await head(one.sha256, operator)).toEqual([200, '1000', '?1']);
  });

  it('are whole when two requests upload them at once', async () => {
    const { put, part, head } = await visited(open());
    const one = photo(1000);
    await part(one, 0, 400);
    const both = [part(one, 400, 1000), part(one, 400, 1000), put(one.sha256, one.bytes)];
    expect((await Promise.all(both)).some(({ status }) => status === 200)).toBe(true);
    expect(await head(one.sha256)).toEqual([200, '1000', '?1']);
  });
});

describe('an upload', () => {
  const one = photo();
  const range = (value: string) => ({ 'content-range': value });

  it.each<[string, string, Body, Record<string, string>, number, string]>([
    ['a name that is no hash', 'x', one.bytes, {}, 400, 'malformed'],
    ['a hash in upper case', one.sha256.toUpperCase(), one.bytes, {}, 400, 'malformed'],
    ['a path that leads out', '..%2F..%2Fetc%2Fpasswd', one.bytes, {}, 400, 'malformed'],
    ['a name with more after it', `${one.sha256}/..%2fx`, one.bytes, {}, 400, 'malformed'],
    ['a NUL', `${one.sha256}%00`, one.bytes, {}, 400, 'malformed'],
    ['nothing', one.sha256, new Uint8Array(), {}, 415, 'not-an-image'],
    ['a text', one.sha256, new TextEncoder().encode('<script>alert(1)</script>'), {}, 415, 'not-an-image'],
    ['a compressed body', one.sha256, one.bytes, { 'content-encoding': 'gzip' }, 415, 'not-an-image'],
    ['a body that is shorter', one.sha256, one.bytes, range('bytes 0-299/300'), 400, 'malformed'],
    ['a body that is longer', one.sha256, one.bytes, range('bytes 0-99/200'), 400, 'malformed'],
    ['another length', one.sha256, one.bytes, { ...range('bytes 0-199/200'), 'content-length': '7' }, 400, 'malformed'],
    ['a range of nothing', one.sha256, one.bytes, range('bytes 200-199/200'), 400, 'malformed'],
    ['a range beyond the end', one.sha256, one.bytes, range('bytes 1-200/200'), 400, 'malformed'],
    ['a range without an end', one.sha256, one.bytes, range('bytes 0-199/*'), 400, 'malformed'],
    ['a range that is none', one.sha256, one.bytes, range('bytes */200'), 400, 'malformed'],
    ['an offset beyond', one.sha256, one.bytes, range('bytes 50-249/250'), 409, 'offset-mismatch'],
    ['a photograph too large', one.sha256, one.bytes, range('bytes 0-199/10485761'), 413, 'too-large'],
    ['a length too large', one.sha256, one.bytes, { 'content-length': '10485761' }, 413, 'too-large'],
    ['more than 10 MiB', one.sha256, new Uint8Array(10 * 1024 * 1024 + 1), {}, 413, 'too-large'],
  ])('of %s is refused, and leaves nothing', async (_, name, body, headers, status, code) => {
    const at = folder();
    const { put } = await visited(photoFolder(at));
    expect((await put<ProblemReply>(name, body, headers)).body).toMatchObject({ status, code });
    expect(readdirSync(at, { recursive: true }).filter((file) => !/^upload(s|ers)$/.test(String(file)))).toEqual([]);
  });

  it.each<[string, readonly number[]]>([
    ['JPEG', [0xff, 0xd8, 0xff, 0xe0]],
    ['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
    ['WebP', [...Buffer.from('RIFF'), 1, 2, 3, 4, ...Buffer.from('WEBP')]],
    ['HEIC', [0, 0, 0, 24, ...Buffer.from('ftypheic')]],
  ])('may be %s', async (_, begin) => {
    const { put } = await visited();
    const { bytes, sha256 } = photo(64, begin);
    expect((await put(sha256, bytes)).status).toBe(200);
  });

  it.each<[string, readonly number[]]>([
    ['a film', [0, 0, 0, 24, ...Buffer.from('ftypmp42')]],
    ['a sound', [...Buffer.from('RIFF'), 1, 2, 3, 4, ...Buffer.from('WAVE')]],
    ['a GIF', [...Buffer.from('GIF89a')]],
    ['SVG', [...Buffer.from('<svg xmlns=""')]],
    ['zeros', Array(64).fill(0)],
  ])('may not be %s', async (_, begin) => {
    const { put } = await visited();
    const { bytes, sha256 } = photo(64, begin);
    expect((await put<ProblemReply>(sha256, bytes)).body.code).toBe('not-an-image');
  });

  it('is for those whom the visit concerns, who alone learn anything of it', async () => {
    const host = await visited();
    const { ask, put, head } = host;
    await put(one.sha256, one.bytes);
    for (const claims of [eva, ana]) {
      for (const visit of ['v-1', 'v-none']) {
        expect(await head(one.sha256, claims, visit)).toEqual([403, null, null]);
        const refused = await ask(claims, 'PUT', `/photos/${one.sha256}?visit=${visit}`, { body: one.bytes });
        expect(refused.body).toMatchObject({ status: 403, code: 'not-yours' });
      }
    }
    expect(await head(one.sha256, null)).toEqual([401, null, null]);
    expect(await head(one.sha256, operator, 'v-none')).toEqual([404, null, null]);
    for (const query of ['', '?visit=', '?visit=..%2Fx', '?visit=a%00b']) {
      const { body } = await ask(luis, 'PUT', `/photos/${one.sha256}${query}`, { body: one.bytes });
      expect(body).toMatchObject({ status: 400, issues: [{ in: 'query', at: 'visit' }] });
    }
    const other = await ask(luis, 'GET', `/photos/${one.sha256}?visit=v-1`);
    expect([other.status, other.headers.get('allow')]).toEqual([405, 'HEAD, PUT']);
  });

  it('is possible only on a host that keeps photographs', async () => {
    const { ask } = hostOn();
    expect((await ask(luis, 'PUT', `/photos/${one.sha256}?visit=v-1`, { body: one.bytes })).status).toBe(404);
  });
});

describe('a folder of photographs', () => {
  it('has each under its hash, survives the process, and is not led out of', async () => {
    const at = folder();
    const one = photo(1000);
    const upload = { sha256: one.sha256, uploader: '../../x' };
    expect(await photoFolder(at).add(upload, 0, one.bytes.slice(0, 10))).toBe(true);
    const next = photoFolder(at);
    expect(await next.uploaded(upload)).toBe(10);
    expect(await next.add(upload, 10, one.bytes.slice(10))).toBe(true);
    expect(await next.finish(upload)).toBe(true);
    expect(readdirSync(at).sort()).toEqual([one.sha256, 'uploaders', 'uploads'].sort());
    expect(readdirSync(join(at, 'uploads'))).toEqual([]);
    expect(hashOf(readFileSync(join(at, one.sha256)))).toBe(one.sha256);
    await expect(next.size('../x')).rejects.toThrow(TypeError);
    await expect(next.add({ ...upload, sha256: 'x' }, 0, one.bytes)).rejects.toThrow(TypeError);
  });

  /** A photograph that was uploaded whole, and whose hash was not checked yet. */
  async function uploaded() {
    const at = folder();
    const store = photoFolder(at);
    const one = photo(1000);
    const upload = { sha256: one.sha256, uploader: 'p-1' };
    await store.add(upload, 0, one.bytes);
    const [name = ''] = readdirSync(join(at, 'uploads'));
    return { at, store, one, upload, file: join(at, 'uploads', name) };
  }

  it('does not take a damaged upload for the photograph', async () => {
    const { store, one, upload, file } = await uploaded();
    writeFileSync(file, new Uint8Array(1000));
    expect([await store.finish(upload), await store.size(one.sha256)]).toEqual([false, null]);
    expect(await store.finish(upload)).toBe(false);
  });

  it('keeps one that was checked from what another process still writes to its upload', async () => {
    const { at, store, one, upload, file } = await uploaded();
    const other = openSync(file, 'r+');
    expect(await store.finish(upload)).toBe(true);
    writeSync(other, new Uint8Array(1000), 0, 1000, 0);
    closeSync(other);
    expect(hashOf(readFileSync(join(at, one.sha256)))).toBe(one.sha256);
    expect(readdirSync(join(at, 'uploads'))).toEqual([]);
  });
});

describe('photographs that are said to be sent', () => {
  async function inspected() {
    const host = await visited();
    for (const each of inspecting()) expect((await host.send(luis, each)).status).toBe(200);
    const sync = <T = SyncReply>(commands: object[], basedOn = 6) =>
      host.ask<T>(luis, 'POST', '/visits/v-1/sync', {
        body: JSON.stringify({ basedOn, commands }),
        headers: { 'content-type': 'application/json' },
      });
    return { ...host, sync };
  }
  const [one, two] = [photo(200), photo(300)];

  it('have been uploaded before, by the hashes of the log and of the batch', async () => {
    const { sync, put, version } = await inspected();
    const first = await sync([take('f-1', one.sha256, 'c-2')]);
    expect(first.body.outcomes).toMatchObject([{ outcome: 'accepted' }]);
    const commands = [take('f-2', two.sha256, 'c-3'), submit(['f-1', 'f-2'], 'c-4')];
    const { body } = await sync<ProblemReply>(commands);
    expect(body).toMatchObject({ status: 409, code: 'photos-missing', photos: [one.sha256, two.sha256] });
    expect(await version()).toBe(7n);
    await put(one.sha256, one.bytes);
    expect((await sync<ProblemReply>(commands)).body.photos).toEqual([two.sha256]);
    await put(two.sha256, two.bytes);
    expect((await sync(commands)).body.outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
  });

  it('need no bytes by e-mail, nor where they were never taken', async () => {
    const { sync } = await inspected();
    const commands = [take('f-1', one.sha256, 'c-2'), submit(['f-1'], 'c-3', 'email'), submit(['f-9'], 'c-4')];
    expect((await sync(commands)).body.outcomes.map(({ outcome }) => outcome)).toEqual([
      'accepted',
      'accepted',
      'refused',
    ]);
  });

  it('need no bytes again once they are on record', async () => {
    const photos = memoryPhotoStore();
    const host = await visited(photos);
    for (const each of inspecting()) await host.send(luis, each);
    await host.put(one.sha256, one.bytes);
    const body = JSON.stringify({ basedOn: 6, commands: [take('f-1', one.sha256, 'c-2'), submit(['f-1'], 'c-3')] });
    const init = { body, headers: { 'content-type': 'application/json' } };
    expect((await host.ask(luis, 'POST', '/visits/v-1/sync', init)).status).toBe(200);
    photos.size = async () => null;
    const { body: again } = await host.ask<SyncReply>(luis, 'POST', '/visits/v-1/sync', init);
    expect(again.outcomes.map(({ outcome }) => outcome)).toEqual(['repeated', 'repeated']);
  });

  it('are asked for by their hash in the log, if a batch says another', async () => {
    const { sync, put } = await inspected();
    await sync([take('f-1', one.sha256, 'c-2')]);
    await put(two.sha256, two.bytes);
    const { body } = await sync<ProblemReply>([take('f-1', two.sha256, 'c-3'), submit(['f-1'], 'c-4')]);
    expect(body.photos).toEqual([one.sha256]);
  });

  it('are asked for by their hash in a report of the sender, before those of others', async () => {
    const { sync, send, ask } = await inspected();
    const cancel = { visitId: 'v-1', at: at(9), about: 'visit', decision: 'cancel', text: 'x' } as const;
    expect((await send(operator, sent(create.giveInstruction(cancel, nobody)))).status).toBe(200);
    expect((await sync([take('f-1', one.sha256, 'c-2')])).body.outcomes).toMatchObject([{ outcome: 'refused' }]);
    expect((await sync<ProblemReply>([submit(['f-1'], 'c-3')])).body.photos).toEqual([one.sha256]);
    for (const command of [
      create.giveInstruction({ ...cancel, decision: 'reassign' }, nobody),
      create.reassignProvider(
        { visitId: 'v-1', at: at(9), provider: { id: 'p-2', name: 'Eva' }, arriveBy: at(60) },
        nobody,
      ),
    ]) {
      expect((await send(operator, sent(command))).status).toBe(200);
    }
    const post = (commands: object[]) =>
      ask<ProblemReply>(eva, 'POST', '/visits/v-1/sync', {
        body: JSON.stringify({ basedOn: 6, commands }),
        headers: { 'content-type': 'application/json' },
      });
    await post([take('f-1', two.sha256, 'e-2')]);
    expect((await post([submit(['f-1'], 'e-3')])).body.photos).toEqual([two.sha256]);
    expect((await sync<ProblemReply>([submit(['f-1'], 'c-3')])).body.photos).toEqual([one.sha256]);
  });

  it('are asked for where they are taken on record meanwhile', async () => {
    const host = await inspected();
    const { service } = host;
    const { sync } = service;
    service.sync = async (...of) => {
      service.sync = sync;
      await host.sync([take('f-1', one.sha256, 'c-2')]);
      return sync(...of);
    };
    const { status, headers } = await host.sync<ProblemReply>([submit(['f-1'], 'c-3')]);
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    expect((await host.sync<ProblemReply>([submit(['f-1'], 'c-3')])).body.photos).toEqual([one.sha256]);
  });

  it('may be said again though it was settled that they are sent, and no act on record took them', async () => {
    const { sync, service } = await inspected();
    await sync([submit(['f-9'], 'c-2')]);
    const settled = { visitId: 'v-1', at: at(11), discrepancyId: 'd-7', taken: [0], text: 'x' };
    const center = { role: 'contact-center', id: 'op-1' } as const;
    expect(await service.settle(create.settleDiscrepancy(settled, center, 'o-1'))).toMatchObject({ ok: true });
    expect((await sync([submit(['f-9'], 'c-3')])).status).toBe(200);
  });

  it('are asked for by single commands and their batches, too', async () => {
    const { send, ask, put } = await inspected();
    await send(luis, take('f-1', one.sha256, 'c-2'));
    expect((await send(luis, submit(['f-1'], 'c-3'))).body).toMatchObject({
      code: 'photos-missing',
      photos: [one.sha256],
    });
    expect((await send(operator, submit(['f-1'], 'o-3'))).body.code).toBe('photos-missing');
    expect((await send(eva, submit(['f-1'], 'e-3'))).body.code).toBe('not-yours');
    const batch = async () => {
      const commands = [take('f-2', two.sha256, 'c-4'), submit(['f-2'], 'c-5'), submit(['f-1'], 'c-6', 'email')];
      const init = { body: JSON.stringify({ commands }), headers: { 'content-type': 'application/json' } };
      return (await ask<BatchReply>(luis, 'POST', '/commands', init)).body.results.map(({ status }) => status);
    };
    expect(await batch()).toEqual([200, 409, 200]);
    await put(two.sha256, two.bytes);
    expect(await batch()).toEqual([200, 200, 200]);
  });

  it('are not asked for where the host keeps none', async () => {
    const { send } = hostOn();
    await send(operator, assign());
    await send(luis, arrive('v-1', 'c-1'));
    for (const each of inspecting()) await send(luis, each);
    await send(luis, take('f-1', one.sha256, 'c-2'));
    expect((await send(luis, submit(['f-1'], 'c-3'))).status).toBe(200);
  });
});
