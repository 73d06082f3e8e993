import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { createPrivacy } from 'auxilio/privacy';
import { describe, expect, it } from 'vitest';
import { assign, cancel, center, namedService, readAllRows } from './named-visits.ts';

const request = {
  requestId: 'req-1',
  person: 'cus-0007',
  kind: 'access',
  receivedAt: '2026-03-20T15:00:00.000Z',
  dueAt: '2026-03-27T15:00:00.000Z',
  by: center,
} as const;
const answer = { requestId: 'req-1', outcome: 'answered', at: '2026-03-25T15:00:00.000Z', by: center } as const;
const refusal = { ...answer, outcome: 'refused', reason: 'No mostró la cédula de Ana Rojas' } as const;

async function register(today = '2026-03-21T00:00:00.000Z') {
  const clock = { now: today };
  return { clock, ...(await namedService({ now: () => clock.now })) };
}

describe('the register of requests', () => {
  it('lists what is recorded, those due first in front, without the person', async () => {
    const { privacy } = await register();
    await privacy.recordRequest({ ...request, requestId: 'req-2', kind: 'erasure', dueAt: '2026-04-01T00:00:00.000Z' });
    const recorded = await privacy.recordRequest(request);
    const { person, ...own } = request;
    expect(recorded).toEqual({ ...own, answer: null, overdue: false });
    expect((await privacy.listRequests()).map(({ requestId }) => requestId)).toEqual(['req-1', 'req-2']);
    expect(JSON.stringify(await privacy.listRequests())).not.toContain(person);
  });

  it('lists those of a person, and the open ones', async () => {
    const { privacy } = await register();
    await privacy.recordRequest(request);
    await privacy.recordRequest({ ...request, requestId: 'req-2', person: 'cus-0008' });
    await privacy.answerRequest(answer);
    expect(await privacy.listRequests({ person: 'cus-0007' })).toMatchObject([{ requestId: 'req-1' }]);
    expect(await privacy.listRequests({ open: true })).toMatchObject([{ requestId: 'req-2' }]);
  });

  it('shows an open one as overdue after its deadline, and an answered one never', async () => {
    const { privacy, clock } = await register();
    await privacy.recordRequest(request);
    clock.now = request.dueAt;
    expect(await privacy.listRequests()).toMatchObject([{ overdue: false }]);
    clock.now = '2026-03-27T15:00:00.001Z';
    expect(await privacy.listRequests()).toMatchObject([{ overdue: true }]);
    await privacy.answerRequest({ ...answer, at: clock.now });
    expect(await privacy.listRequests()).toMatchObject([{ overdue: false, answer: { outcome: 'answered' } }]);
  });

  it('has the reason of a refusal, and none in clear', async () => {
    const { privacy, store } = await register();
    await privacy.recordRequest(request);
    const refused = await privacy.answerRequest(refusal);
    expect(refused.answer).toEqual({ outcome: 'refused', reason: refusal.reason, at: answer.at, by: center });
    expect(await privacy.listRequests()).toEqual([refused]);
    expect(await readAllRows(store)).not.toMatch(/Ana|Rojas|cus-0007/);
  });

  it('is read without reasons when the index key is lost, and never for another person', async () => {
    const { privacy, store, wrapping } = await register();
    await privacy.recordRequest(request);
    await privacy.answerRequest(refusal);
    const { memoryKeyStore } = await import('auxilio/memory');
    const lost = await createPrivacy({ keys: memoryKeyStore(), wrapping, store });
    expect(await lost.listRequests()).toMatchObject([{ answer: { outcome: 'refused', reason: null } }]);
    expect(await lost.listRequests({ person: 'cus-0007' })).toEqual([]);
  });

  it.each([
    ['a refusal without a reason', { ...refusal, reason: ' ' }],
    ['an answer with one', { ...answer, reason: 'x' }],
    ['another outcome', { ...answer, outcome: 'lost' }],
    ['no time', { ...answer, at: 'yesterday' }],
  ])('refuses %s', async (_, given) => {
    const { privacy } = await register();
    await privacy.recordRequest(request);
    await expect(privacy.answerRequest(given as never)).rejects.toThrow(TypeError);
    expect(await privacy.listRequests()).toMatchObject([{ answer: null }]);
  });

  it.each([
    ['another kind', { ...request, kind: 'portable' }],
    ['no deadline', { ...request, dueAt: '' }],
    ['no person', { ...request, person: '' }],
  ])('refuses a request with %s', async (_, given) => {
    const { privacy } = await register();
    await expect(privacy.recordRequest(given as never)).rejects.toThrow(TypeError);
    expect(await privacy.listRequests()).toEqual([]);
  });

  it('takes a request twice, and refuses another one under its id', async () => {
    const { privacy } = await register();
    await privacy.recordRequest(request);
    expect(await privacy.recordRequest(request)).toMatchObject({ requestId: 'req-1' });
    await expect(privacy.recordRequest({ ...request, person: 'cus-0008' })).rejects.toThrow(/req-1/);
    expect(await privacy.listRequests()).toHaveLength(1);
  });

  it('refuses a second answer, and one to an unknown request', async () => {
    const { privacy } = await register();
    await expect(privacy.answerRequest(answer)).rejects.toThrow(/No request/);
    await privacy.recordRequest(request);
    await privacy.answerRequest(answer);
    await expect(privacy.answerRequest(refusal)).rejects.toThrow(/has an answer/);
  });

  it('takes one answer of two writers at once', async () => {
    const { privacy, store, keys, wrapping } = await register();
    const other = await createPrivacy({ store, keys, wrapping });
    await privacy.recordRequest(request);
    const answers = await Promise.allSettled([privacy, other, privacy].map((one) => one.answerRequest(answer)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('does not have the keyed name of the index of persons, and outlives an erasure', async () => {
    const { privacy, store, service } = await register();
    for (const command of [assign('v-1', 'Ana Rojas'), ...cancel('v-1')]) await service.handle(command);
    await privacy.recordRequest(request);
    const [row] = await store.readRows('auxilio.requests');
    const { person } = (row?.body ?? {}) as { person?: string };
    expect(person).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(await store.readRows('auxilio.persons'))).not.toContain(person);
    const guesses = Array.from({ length: 10_000 }, (_, nth) => `cus-${String(nth).padStart(4, '0')}`);
    expect(guesses.filter((guess) => [guess, bytesToHex(sha256(guess))].includes(String(person)))).toEqual([]);
    await privacy.erase({ subjects: [{ visitId: 'v-1', subject: 'client' }], by: center });
    expect(await privacy.listRequests({ person: 'cus-0007' })).toHaveLength(1);
  });
});
