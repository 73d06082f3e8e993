/** The fate of an act at the server, which its answer promises. */
import { describe, expect, it } from 'vitest';
import { type ActAnswer, type ActOutcome, RemoteError } from '../../src/replica.ts';
import { actors } from '../../src/testing.ts';
import { named, own, withVisits } from './device.ts';

const [arrive, show] = own(['RecordArrival', 'ShowCredential']) as [
  ReturnType<typeof own>[number],
  ReturnType<typeof own>[number],
];

const outcomeOf = (answer: ActAnswer): Promise<ActOutcome> => (answer as Extract<ActAnswer, { ok: true }>).outcome;

describe('the outcome of an act', () => {
  it('is that of the log once it was sent, and of the first time where it is repeated', async () => {
    const { replica } = await withVisits();
    const first = await replica.act(named(arrive, 'act-1'));
    const refused = await replica.act(arrive, { despite: 'op-7, por teléfono' });
    let isSettled = false;
    void outcomeOf(first).then(() => (isSettled = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isSettled).toBe(false);
    await replica.sync();
    expect(await outcomeOf(first)).toEqual({ outcome: 'accepted', position: 2 });
    expect(await outcomeOf(refused)).toMatchObject({ outcome: 'refused', violations: [{ rule: expect.any(String) }] });
    expect(await outcomeOf(await replica.act(named(arrive, 'act-1')))).toEqual({ outcome: 'accepted', position: 2 });
  });

  it('is known though another tab sent it', async () => {
    const { replica, device, store } = await withVisits();
    const { replica: tab } = device(actors.provider, { store });
    const answer = await replica.act(arrive);
    await tab.sync();
    expect(await outcomeOf(answer)).toEqual({ outcome: 'accepted', position: 2 });
    for (const one of [replica, tab]) one.close();
  });

  it('is that it was undone, or withheld', async () => {
    const { replica } = await withVisits();
    const undone = await replica.act(named(arrive, 'act-1'));
    await replica.undo('act-1');
    expect(await outcomeOf(undone)).toEqual({ outcome: 'undone' });
    const withheld = await replica.act(named(arrive, 'act-2'));
    await replica.withhold('act-2', 'x');
    expect(await outcomeOf(withheld)).toEqual({
      outcome: 'withheld',
      withheld: { reason: 'given-up', message: 'x' },
    });
  });

  it('is unknown where the replica is closed before, and never rejects', async () => {
    const { device, store, remote } = await withVisits();
    const sync = () => Promise.reject(new RemoteError('unavailable', 'No'));
    const { replica } = device(actors.provider, { store, remote: { ...remote, sync } });
    const [one, two] = [await replica.act(arrive), await replica.act(show)];
    await replica.sync();
    const late = replica.act(named(arrive, 'late'), { despite: 'op-7' });
    replica.close();
    const unknown = { outcome: 'unknown' };
    expect(await Promise.all([one, two, await late].map(outcomeOf))).toEqual([unknown, unknown, unknown]);
  });
});

describe('an act of a visit that is not on the device', () => {
  it('is not judged, and not answered as recorded, whoever lets it be done', async () => {
    const { replica } = await withVisits();
    const elsewhere = { ...arrive, data: { ...arrive.data, visitId: 'visit-9' } } as typeof arrive;
    expect(await replica.act(elsewhere, { despite: 'op-7' })).toEqual({ ok: false, reason: 'not-here' });
    expect(await replica.act(elsewhere)).toEqual({ ok: false, reason: 'not-here' });
    expect(replica.status).toMatchObject({ visits: 1, waiting: 0 });
  });
});
