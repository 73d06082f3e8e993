import { memoryKeyStore } from 'auxilio/memory';
import { visitAt } from 'auxilio/testing';
import { expect, it } from 'vitest';
import { privateService } from './fixture.ts';

const { commands: acts, visitId } = visitAt('completed');
const operator = { role: 'contact-center', id: 'op-7' } as const;

it('a batch answers for each command while the keys cannot be reached, and stores nothing', async () => {
  const keys = memoryKeyStore();
  const { service, store } = await privateService({ keys });
  keys.read = () => Promise.reject(new Error('away'));
  const [malformed, ...others] = await service.handleBatch([{ type: 'StartWork' } as never, ...acts.slice(0, 2)]);
  expect(malformed).toMatchObject({ ok: false, error: { code: 'malformed-command' } });
  for (const answer of others) expect(answer).toMatchObject({ ok: false, error: { code: 'keys-unavailable' } });
  expect(await store.readStored(`visit-${visitId}`)).toEqual([]);
});

it('an id of an erasure is used for other subjects only once', async () => {
  const { privacy } = await privateService();
  const one = { visitId, subject: 'client' };
  const request = { subjects: [one], by: operator, erasureId: 'e-1' };
  const first = await privacy.erase(request);
  expect(await privacy.erase(request)).toEqual(first);
  const other = { ...request, subjects: [one, { visitId, subject: 'provider/prov-1' }] };
  await expect(privacy.erase(other)).rejects.toThrow('Another erasure has the id e-1');
});
