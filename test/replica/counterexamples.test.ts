/** Counterexamples that were found by attacking the replica: each failed once. */
import { describe, expect, it, vi } from 'vitest';
import { actors } from '../../src/testing/index.ts';
import { type asAct, assignVisit, own, world } from './device.ts';

type Act = ReturnType<typeof asAct>;
const visitId = 'visit-1';
const [arrive, show] = own(['RecordArrival', 'ShowCredential']) as [Act, Act];

const named = (act: Act, commandId: string) => ({ ...act, metadata: { commandId } }) as Act;

/** A server with some visits, and a device on which they are. */
async function withVisits(count = 1) {
  const here = world();
  for (let n = 1; n <= count; n += 1) {
    await here.server.service.handle({ ...assignVisit, data: { ...assignVisit.data, visitId: `visit-${n}` } } as never);
  }
  const phone = here.device();
  await phone.replica.sync();
  const remote = here.server.remoteFor(actors.provider);
  return { ...here, ...phone, remote };
}

describe('an act', () => {
  it('under the id of another that the server has is refused aloud, and not answered as recorded', async () => {
    const { replica } = await withVisits();
    await replica.act(named(arrive, 'touch-1'));
    await replica.sync();
    await expect(replica.act(named(show, 'touch-1'))).rejects.toThrow('under the id touch-1');
    expect(await replica.act(named(arrive, 'touch-1'))).toMatchObject({ ok: true });
  });

  it('is answered as recorded though a listener throws', async () => {
    const { replica } = await withVisits();
    const reported = vi.spyOn(console, 'error').mockReturnValue();
    replica.subscribe(() => {
      throw new Error('The screen is broken');
    });
    expect(await replica.act(arrive)).toMatchObject({ ok: true });
    expect(await replica.sync()).toMatchObject({ result: 'done' });
    expect(reported).toHaveBeenCalled();
    reported.mockRestore();
  });

  it('that is stored while the replica is closed is answered as recorded', async () => {
    const { replica } = await withVisits();
    const answer = replica.act(arrive);
    replica.close();
    expect(await answer).toMatchObject({ ok: true });
    expect(await replica.act(show)).toMatchObject({ ok: true });
  });
});
