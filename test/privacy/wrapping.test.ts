import { mkdtempSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryKeyStore, memoryStore } from 'auxilio/memory';
import {
  createPrivacy,
  fileWrappingKeys,
  givenWrappingKeys,
  memoryWrappingKeys,
  type WrappingKeys,
} from 'auxilio/privacy';
import { createService } from 'auxilio/service';
import { visitAt } from 'auxilio/testing';
import { expect, it } from 'vitest';
import { runtime, useRuntime } from '../../src/util/runtime.ts';

const { commands } = visitAt('on-site');
const operator = { role: 'contact-center', id: 'op-7' } as const;
const [first] = commands;
const second = { ...first, data: { ...first?.data, visitId: 'v-2' } };

const over = async (wrapping: WrappingKeys, keys = memoryKeyStore(), store = memoryStore()) => {
  const privacy = await createPrivacy({ keys, wrapping, store });
  return { privacy, keys, store, handle: createService({ store, privacy }).handle };
};

it('a file of wrapping keys that is missing is an error, and not made again', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'auxilio-')), 'wrapping');
  const { handle, keys, store } = await over(fileWrappingKeys(file));
  expect((await handle(first as never)).ok).toBe(true);
  const key = `${file}.epoch-1`;
  expect(statSync(key).mode & 0o077).toBe(0);
  renameSync(key, `${file}.away`);
  const away = await over(fileWrappingKeys(file), keys, store);
  await expect(away.handle(second as never)).rejects.toMatchObject({ code: 'keys-unavailable', errorCode: 503 });
  renameSync(`${file}.away`, key);
  expect((await (await over(fileWrappingKeys(file), keys, store)).handle(second as never)).ok).toBe(true);
  expect(readFileSync(key, 'utf8')).toMatch(/^\S{44}\n$/);
});

it('wrapping keys that are given are destroyed by the operator, and the erasure waits for it', async () => {
  const [one, two] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];
  const { privacy, handle, keys, store } = await over(givenWrappingKeys({ 'epoch-1': one }));
  expect((await handle(first as never)).ok).toBe(true);
  await expect(privacy.rotate()).rejects.toMatchObject({ code: 'keys-unavailable' });
  const both = await over(givenWrappingKeys({ 'epoch-1': one, 'epoch-2': two }), keys, store);
  const { erasureId } = await both.privacy.erase({ subjects: [{ visitId: 'v-0', subject: 'client' }], by: operator });
  expect(await both.privacy.rotate()).toMatchObject({ epoch: 'epoch-2', destroyed: false });
  expect(await both.privacy.erasure(erasureId)).toMatchObject({ waitsFor: 'operator', confirmed: false });
  const left = await over(givenWrappingKeys({ 'epoch-2': two }), keys, store);
  await left.privacy.continueErasures();
  expect(await left.privacy.erasure(erasureId)).toMatchObject({ waitsFor: 'none', confirmed: true });
  expect(() => givenWrappingKeys({ 'epoch-1': 'short' })).toThrow('The key of epoch epoch-1 is 32 bytes in base64');
});

it('files of wrapping keys are begun once by processes that begin at once, and a destroyed one is gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'auxilio-'));
  const many = Array.from({ length: 8 }, () => fileWrappingKeys(join(folder, 'wrapping')));
  const secret = new Uint8Array(32).fill(9);
  const begin = async (one: WrappingKeys) => {
    await one.wrap('epoch-1', [], true);
    return (await one.wrap('epoch-1', [{ id: 'a', secret }]))[0] ?? '';
  };
  const wrapped = await Promise.all(many.map(begin));
  const [last] = many.slice(-1);
  const unwrapped = await last?.unwrap(
    'epoch-1',
    wrapped.map((one) => ({ id: 'a', wrapped: one })),
  );
  expect(unwrapped).toEqual(many.map(() => secret));
  await expect(last?.unwrap('epoch-1', [{ id: 'b', wrapped: wrapped[0] ?? '' }])).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['wrapping.epoch-1']);
  expect([await last?.destroy('epoch-1'), await last?.destroy('epoch-1'), readdirSync(folder)]).toEqual([
    true,
    true,
    [],
  ]);
  await expect(last?.wrap('epoch-1', [{ id: 'a', secret }])).rejects.toThrow('is missing');
});

it('a key that can be wrapped but not unwrapped again seals nothing, and nothing is written', async () => {
  const refuse = () => Promise.reject(new Error('AccessDenied: kms:Decrypt'));
  const { handle, store } = await over({ ...memoryWrappingKeys(), unwrap: refuse });
  await expect(handle(first as never)).rejects.toMatchObject({ code: 'keys-unavailable', errorCode: 503 });
  expect((await store.readStream('visit-v-0')).events).toEqual([]);
});

it('a file that another process creates in between stays as it is', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'auxilio-')), 'wrapping');
  const other = `${Buffer.alloc(32, 3).toString('base64')}\n`;
  const { freshBytes } = runtime;
  const restore = useRuntime({
    freshBytes: (count) => {
      writeFileSync(`${file}.epoch-1`, other);
      return freshBytes(count);
    },
  });
  try {
    await fileWrappingKeys(file).wrap('epoch-1', [], true);
  } finally {
    restore();
  }
  expect(readFileSync(`${file}.epoch-1`, 'utf8')).toBe(other);
});
