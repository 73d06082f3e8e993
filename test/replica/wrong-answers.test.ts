/** Answers in the shape of the protocol that are wrong, and end. */
import { describe, expect, it } from 'vitest';
import type { Remote } from '../../src/replica.ts';
import { actors } from '../../src/testing.ts';
import { assignVisit, own, withVisits } from './device.ts';

const [arrive] = own(['RecordArrival']) as [ReturnType<typeof own>[number]];
const visitId = 'visit-1';

/** A phone with one visit on its disk, and a server that answers some calls otherwise. */
async function answering(change: (remote: Remote) => Partial<Remote>) {
  const here = await withVisits();
  const { replica } = here.device(actors.provider, {
    store: here.store,
    remote: { ...here.remote, ...change(here.remote) },
  });
  return { ...here, replica };
}

describe('a list of visits', () => {
  it.each(['that never ends', 'that goes round in circles'])(
    '%s ends with the round, after 1,000 pages',
    async (kind) => {
      let pages = 0;
      const asked: (string | null)[] = [];
      const { replica } = await answering(({ assignments }) => ({
        async assignments(after) {
          pages += 1;
          asked.push(after);
          const cursor = kind === 'that never ends' ? `c-${pages}` : `c-${pages % 2}`;
          const visits = [{ visitId, version: 1 }];
          return { ...(await assignments(null)), ...(after === 'stop' ? {} : { visits, cursor, more: pages < 5_000 }) };
        },
      }));
      expect(await replica.sync()).toMatchObject({ result: 'unavailable', failures: [] });
      expect(asked.length).toBe(1_000);
      await replica.sync();
      expect(asked[1_000]).toBe(kind === 'that never ends' ? 'c-1000' : 'c-0');
    },
  );

  it('with an id that is none keeps no other from being fetched', async () => {
    const { replica, server } = await answering(({ assignments }) => ({
      async assignments(after) {
        const page = await assignments(after);
        return { ...page, visits: [{ visitId: 'a b', version: 1 }, ...page.visits] };
      },
    }));
    await server.service.handle({ ...assignVisit, data: { ...assignVisit.data, visitId: 'visit-9' } } as never);
    expect(await replica.sync()).toMatchObject({ result: 'done' });
    expect((await replica.visits()).map((visit) => visit.visitId)).toContain('visit-9');
  });
});

describe('a time of the server', () => {
  it('beyond the year 9999 is not taken: acts are still answered', async () => {
    const { replica, clock } = await answering(({ assignments }) => ({
      assignments: async (after) => ({ ...(await assignments(after)), serverTime: '+275760-09-12T23:59:59.999Z' }),
    }));
    expect(await replica.sync()).toMatchObject({ result: 'unavailable' });
    clock.ms += 86_400_000;
    expect(await replica.act(arrive)).toMatchObject({ ok: true });
  });
});

describe('a version that is far too high', () => {
  it('is asked for until the visits are listed from the beginning', async () => {
    let isWrong = true;
    const calls: string[] = [];
    const { replica, clock } = await answering(({ sync, events }) => ({
      sync: async (batch) => ({ ...(await sync(batch)), ...(isWrong && { version: 9_000 }) }),
      events(id, after) {
        calls.push(id);
        return events(id, after);
      },
    }));
    await replica.act(arrive);
    clock.ms += 60_000;
    await replica.sync();
    isWrong = false;
    clock.ms += 2 * 86_400_000;
    for (let round = 0; round < 3; round += 1) await replica.sync();
    calls.length = 0;
    await replica.sync();
    expect(calls).toEqual([]);
  });
});

describe('a visit that is fetched again', () => {
  it('stays as it is where the server tells of more events than it sends', async () => {
    const { replica } = await answering(({ events }) => ({
      events: async (id, after) => ({ ...(await events(id, after)), events: [], version: 3 }),
    }));
    expect(await replica.refetch(visitId)).toMatchObject({ ok: false, reason: 'failed' });
    expect((await replica.visit(visitId)).events).toHaveLength(1);
  });
});
