import type { ActCommand } from 'auxilio/replica';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showVisits } from '../../../examples/field/phone/src/shown-visits.ts';
import { actors } from '../../../src/testing.ts';
import { assignVisit, own, withVisits, world } from '../../replica/device.ts';
import { limits } from '../../support/limits.ts';

const visitId = 'visit-1';
const [arrive, show] = own(['RecordArrival', 'ShowCredential']) as [ActCommand, ActCommand];

/** The screens of a phone with one visit, whose reads end when the test lets them end. */
async function screens() {
  const { server, device } = world();
  await server.service.handle(assignVisit);
  const { replica } = device();
  await replica.sync();
  const held: (() => void)[] = [];
  const { visits, adopt, reread, readAll } = showVisits(
    {
      visits: () => replica.visits(),
      async visit(id) {
        const visit = await replica.visit(id);
        await new Promise<void>((resolve) => held.push(resolve));
        return visit;
      },
    },
    actors.provider.id,
  );
  replica.subscribe((change) => {
    if (change.visitId !== null) reread(change.visitId);
  });

  const beginsToRead = () => vi.waitFor(() => expect(held).toHaveLength(1), limits.waitMs);
  const endReading = async () => {
    await beginsToRead();
    held.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  const opened = readAll();
  await endReading();
  await opened;

  async function record(command: ActCommand) {
    const answer = await replica.act(command);
    if (!answer.ok) throw new Error(`The act was answered with ${answer.reason}`);
    return answer.visit;
  }
  const act = async (command: ActCommand) => adopt(await record(command));
  /** The acts that wait in the visit that is shown. */
  const shown = () => visits.peek().flatMap(({ pending }) => pending.map(({ command }) => command.type));
  return { act, record, reread, beginsToRead, endReading, shown };
}

describe('the visits on the screens of the phone', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are not older than the answer of an act, if a read of the visit began before the act and ends after it', async () => {
    const { act, reread, beginsToRead, endReading, shown } = await screens();
    reread(visitId);
    await beginsToRead();
    await act(arrive);
    expect(shown()).toEqual(['RecordArrival']);
    await endReading();
    expect(shown()).toEqual(['RecordArrival']);
    await endReading();
    expect(shown()).toEqual(['RecordArrival']);
  });

  it('are those of which there is something, and not one that was listed by mistake', async () => {
    const { remote, device } = await withVisits();
    const assignments: typeof remote.assignments = async (after) => {
      const page = await remote.assignments(after);
      return { ...page, visits: [...page.visits, { visitId: 'visit-9', version: 1 }] };
    };
    const { replica } = device(actors.provider, { remote: { ...remote, assignments } });
    await replica.sync();
    const { visits, readAll } = showVisits(replica, actors.provider.id);
    await readAll();
    expect(replica.status.visits).toBe(2);
    expect(visits.peek().map((visit) => visit.visitId)).toEqual([visitId]);
  });

  it('are read again after an act, with what another tab recorded meanwhile', async () => {
    const { act, record, beginsToRead, endReading, shown } = await screens();
    await act(arrive);
    await beginsToRead();
    await record(show);
    await endReading();
    expect(shown()).toEqual(['RecordArrival']);
    await endReading();
    expect(shown()).toEqual(['RecordArrival', 'ShowCredential']);
  });
});
