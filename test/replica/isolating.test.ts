/** One act, one photograph or one visit that the server fails at stops no other; a server that is down is told from that. */
import { describe, expect, it } from 'vitest';
import type { Id } from '../../src/messages/index.ts';
import { type Remote, type RemoteBatch, RemoteError } from '../../src/replica.ts';
import { actors, command } from '../../src/testing.ts';
import { asAct, assignVisit, inVisit, named, own, withVisits } from './device.ts';

const visitId = 'visit-1';
const [arrive] = own(['RecordArrival']) as [ReturnType<typeof own>[number]];
const decline = (n: number) =>
  named(asAct(command('DeclineOffContractRequest', { activity: 'other', detail: 'Otra cosa' })), `act-${n}`);

/** A device with so many acts, and a server that answers the batches that have some of them, and notes each. */
async function device(
  acts: number,
  answer: (batch: RemoteBatch, remote: Remote) => unknown,
  change: Partial<Remote> = {},
) {
  const here = await withVisits();
  const batches: string[] = [];
  const sync: Remote['sync'] = async (batch) => {
    batches.push(batch.commands.map(({ metadata }) => metadata.commandId?.slice(4)).join());
    const failure = await answer(batch, here.remote);
    if (failure !== undefined) throw failure;
    return here.remote.sync(batch);
  };
  const { replica } = here.device(actors.provider, { remote: { ...here.remote, sync, ...change } });
  await replica.sync();
  for (let n = 0; n < acts; n += 1) expect(await replica.act(decline(n))).toMatchObject({ ok: true });
  batches.length = 0;
  const onRecord = async () =>
    (await here.server.logOf(visitId)).flatMap(
      ({ metadata }) => /^act-(.*)/.exec(metadata?.commandId ?? '')?.[1] ?? [],
    );
  return { ...here, replica, batches, onRecord };
}

const has = ({ commands }: RemoteBatch, id: Id) => commands.some(({ metadata }) => metadata.commandId === id);
const failed = (status: number) => new RemoteError('unavailable', `The server answered ${status}`, { status });

describe('an act that makes the server fail', () => {
  it('is withheld alone after the second round, named; those before and after it are recorded', async () => {
    const { replica, onRecord, batches } = await device(5, (batch) => (has(batch, 'act-2') ? failed(500) : undefined));
    await replica.sync();
    expect(await onRecord()).toEqual([]);
    expect(replica.status).toMatchObject({ verdict: 'saved', waiting: 5, withheld: 0 });
    const report = await replica.sync();
    expect(await onRecord()).toEqual(['0', '1', '3', '4']);
    expect(report).toMatchObject({ result: 'done', verdict: 'attention', failures: [] });
    expect(report.problems).toMatchObject([{ visitId, what: 'act', commandId: 'act-2', reason: 'server-failed' }]);
    expect(replica.status).toMatchObject({ verdict: 'attention', waiting: 0, withheld: 1, problems: report.problems });
    // The empty one asks whether the visit goes without it.
    expect(batches).toEqual(['0,1,2,3,4', '0,1,2,3,4', '', '0,1,2', '0,1', '2,3', '2', '3,4']);
  });

  it('is sent again by itself, and recorded once the server takes it', async () => {
    let isFailing = true;
    const { replica, onRecord, clock } = await device(3, (batch) =>
      isFailing && has(batch, 'act-0') ? failed(500) : undefined,
    );
    for (let round = 0; round < 3; round += 1) await replica.sync();
    expect(await onRecord()).toEqual(['1', '2']);
    isFailing = false;
    await replica.sync();
    expect(await onRecord()).toEqual(['1', '2']);
    clock.ms += 60_000;
    await replica.sync();
    expect(await onRecord()).toEqual(['1', '2', '0']);
    expect(replica.status).toMatchObject({ verdict: 'received', withheld: 0, problems: [], failing: [] });
  });

  it('and closes the connection is withheld after some more rounds', async () => {
    const cut = () => new RemoteError('unavailable', 'The connection was closed');
    const { replica, onRecord } = await device(4, (batch) => (has(batch, 'act-1') ? cut() : undefined));
    for (let round = 0; round < 3; round += 1) await replica.sync();
    expect(replica.status).toMatchObject({ withheld: 0 });
    for (let round = 0; round < 5; round += 1) await replica.sync();
    expect(await onRecord()).toEqual(['0', '2', '3']);
    expect(replica.status.problems).toMatchObject([{ commandId: 'act-1', reason: 'server-failed' }]);
  });

  it('and is refused without its place is told by halves at once', async () => {
    const { replica, onRecord } = await device(4, (batch) =>
      has(batch, 'act-3') ? new RemoteError('refused', 'No se puede', { reason: 'not-mine' }) : undefined,
    );
    expect(await replica.sync()).toMatchObject({ failures: [], verdict: 'attention' });
    expect(await onRecord()).toEqual(['0', '1', '2']);
    expect(replica.status.problems).toMatchObject([{ commandId: 'act-3', reason: 'refused', message: 'No se puede' }]);
  });

  it.each([
    ['500', () => failed(500)],
    ['401', () => new RemoteError('unauthenticated', 'Again')],
    ['426', () => new RemoteError('upgrade-required', 'Newer')],
    ['a redirect', () => failed(302)],
    ['413 of a proxy', () => failed(413)],
    ['503 that asks to wait', () => new RemoteError('unavailable', 'Later', { status: 503, retryAfterMs: 1_000 })],
  ])('with %s stops neither the other acts nor the other visits, in any position', async (_, failure) => {
    for (const bad of ['act-0', 'act-1', 'act-2']) {
      const { replica, onRecord, server } = await device(3, (batch) => (has(batch, bad) ? failure() : undefined));
      for (const id of ['visit-2', 'visit-3']) {
        await server.service.handle({ ...assignVisit, data: { ...assignVisit.data, visitId: id } } as never);
      }
      for (let round = 0; round < 4; round += 1) await replica.sync();
      for (const id of ['visit-2', 'visit-3']) await replica.act(inVisit(arrive, id));
      for (let round = 0; round < 6; round += 1) await replica.sync();
      expect(await onRecord()).toHaveLength(2);
      expect(await server.logOf('visit-2')).toHaveLength(2);
      expect(await server.logOf('visit-3')).toHaveLength(2);
      expect(replica.status).toMatchObject({ verdict: 'attention', waiting: 0, withheld: 1 });
      expect(replica.status.problems).toMatchObject([{ commandId: bad, reason: 'server-failed' }]);
    }
  });

  it('waits alone where nothing else waits, and is named with its visit', async () => {
    const { replica, batches } = await device(1, (batch) => (has(batch, 'act-0') ? failed(500) : undefined));
    for (let round = 0; round < 3; round += 1) await replica.sync();
    expect(batches).toHaveLength(3);
    expect(replica.status).toMatchObject({ verdict: 'saved', waiting: 1, withheld: 0, failing: [{ visitId }] });
    for (let round = 0; round < 5; round += 1) await replica.sync();
    expect(batches).toHaveLength(5);
    expect(replica.status.problems).toMatchObject([
      { commandId: 'act-0', reason: 'server-failed', tried: { tries: 1 } },
    ]);
  });
});

describe('a server that is down', () => {
  it.each([
    ['with every call a 500', () => failed(500)],
    ['with every call a 413', () => failed(413)],
    ['and does not answer', () => new RemoteError('unavailable', 'No signal')],
  ])('%s is not taken for acts that it fails at', async (_, failure) => {
    let isDown = true;
    let calls = 0;
    const down = <T>(call: () => Promise<T>): Promise<T> => {
      calls += 1;
      return isDown ? Promise.reject(failure()) : call();
    };
    const here = await withVisits(6);
    const { remote } = here;
    const { replica } = here.device(actors.provider, {
      store: here.store,
      remote: {
        sync: (batch) => down(() => remote.sync(batch)),
        events: (...given) => down(() => remote.events(...given)),
        assignments: (after) => down(() => remote.assignments(after)),
        putPhoto: (photo) => down(() => remote.putPhoto(photo)),
      },
    });
    for (let n = 1; n <= 6; n += 1) {
      for (let k = 0; k < 3; k += 1) {
        await replica.act(named(inVisit(decline(0), `visit-${n}`), `act-${n}-${k}`));
      }
    }
    for (let round = 0; round < 30; round += 1) await replica.sync();
    expect(calls).toBeLessThan(30 * 12);
    expect(replica.status).toMatchObject({ verdict: 'saved', online: false, waiting: 18, withheld: 0 });
    isDown = false;
    calls = 0;
    await replica.sync();
    await replica.sync();
    expect(replica.status).toMatchObject({ verdict: 'received', online: true });
    expect(calls).toBeLessThan(20);
  });

  it('for batches alone withholds no act, and sends them all once it is back', async () => {
    let isDown = true;
    const { replica, onRecord } = await device(5, () => (isDown ? failed(500) : undefined));
    for (let round = 0; round < 20; round += 1) await replica.sync();
    expect(replica.status).toMatchObject({ verdict: 'saved', waiting: 5, withheld: 0, failing: [{ visitId }] });
    isDown = false;
    await replica.sync();
    expect(await onRecord()).toEqual(['0', '1', '2', '3', '4']);
    expect(replica.status).toMatchObject({ verdict: 'received' });
  });

  it('that asks to wait is asked once in a round', async () => {
    const here = await withVisits(40);
    let calls = 0;
    const busy = () => {
      calls += 1;
      return Promise.reject(new RemoteError('unavailable', 'Busy', { status: 503, retryAfterMs: 7_000 }));
    };
    const remote = { sync: busy, events: busy, assignments: busy, putPhoto: busy };
    const { replica } = here.device(actors.provider, { store: here.store, remote });
    for (let n = 1; n <= 40; n += 1) await replica.act(inVisit(arrive, `visit-${n}`));
    expect(await replica.sync()).toMatchObject({ result: 'unavailable', retryAfterMs: 7_000, verdict: 'saved' });
    expect(calls).toBe(1);
  });

  it('for the list of visits still gets what waits', async () => {
    const { replica: first, store, device: open, remote, server } = await device(0, () => undefined);
    first.close();
    const assignments = () => Promise.reject(failed(500));
    const { replica } = open(actors.provider, { store, remote: { ...remote, assignments } });
    await replica.act(arrive);
    expect(await replica.sync()).toMatchObject({ result: 'unavailable', failures: [] });
    expect(await server.logOf(visitId)).toHaveLength(2);
    expect(replica.status.online).toBe(true);
  });
});
