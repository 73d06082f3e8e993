import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actors, minute } from '../../src/testing.ts';
import { assignVisit, own, world } from './device.ts';

const HOUR = 3_600_000;
const [arrival] = own(['RecordArrival']) as [never];

let page: EventTarget & { visibilityState: string };

beforeEach(() => {
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const show = (visibilityState: 'visible' | 'hidden') => {
  page.visibilityState = visibilityState;
  page.dispatchEvent(new Event('visibilitychange'));
};

/** A phone that has just heard the server, with a monotonic clock that stands still while it sleeps. */
async function heard(skewMs = 0) {
  const { device, server, clock } = world();
  await server.service.handle(assignVisit);
  const own = { wallMs: clock.ms + skewMs, monotonicMs: 0 };
  const { replica } = device(actors.provider, {
    now: () => new Date(own.wallMs).toISOString(),
    monotonicMs: () => own.monotonicMs,
  });
  await replica.sync();
  const goOn = (ms: number) => {
    own.wallMs += ms;
    own.monotonicMs += ms;
  };
  const set = (ms: number) => {
    own.wallMs += ms;
  };
  return { replica, goOn, set, sleep: set };
}

describe('the clock of a device that sleeps', () => {
  it('is trusted after hours in a pocket, again and again', async () => {
    const { replica, goOn, sleep } = await heard();
    for (let time = 0; time < 3; time += 1) {
      show('hidden');
      goOn(1_000);
      sleep(3 * HOUR);
      show('visible');
      goOn(60_000);
    }
    expect(await replica.act(arrival)).toMatchObject({ ok: true });
  });

  it('is trusted while the page is still hidden, as one that was opened so', async () => {
    page.visibilityState = 'hidden';
    const { replica, sleep } = await heard();
    sleep(3 * HOUR);
    expect(await replica.act(arrival)).toMatchObject({ ok: true });
  });

  it('that was wrong before is wrong by as much after', async () => {
    const { replica, goOn, sleep } = await heard(-HOUR);
    show('hidden');
    sleep(2 * HOUR);
    show('visible');
    goOn(60_000);
    expect(await replica.act(arrival)).toMatchObject({ reason: 'clock-suspect', estimate: minute(121) });
  });

  it.each([
    ['set forward on a page that is seen, where nothing sleeps', 'visible', 3 * HOUR],
    ['set back on a page that is hidden', 'hidden', -3 * HOUR],
    ['set forward by more than a day', 'hidden', 25 * HOUR],
  ] as const)('is not trusted when it is %s', async (_, visibility, ms) => {
    const { replica, goOn, set } = await heard();
    show(visibility);
    set(ms);
    show('visible');
    goOn(60_000);
    expect(await replica.act(arrival)).toMatchObject({ reason: 'clock-suspect', estimate: minute(1) });
  });

  it('that was set forward on a hidden page is noticed after the next contact', async () => {
    const { replica, goOn, set } = await heard();
    show('hidden');
    set(3 * HOUR);
    show('visible');
    await replica.sync();
    goOn(60_000);
    expect(await replica.act(arrival)).toMatchObject({ reason: 'clock-suspect', estimate: minute(1) });
  });

  it('is watched no longer by a replica that is closed', async () => {
    const added = vi.spyOn(page, 'addEventListener');
    const { replica } = await heard();
    replica.close();
    expect(added.mock.calls.map(([, , options]) => (options as { signal: AbortSignal }).signal.aborted)).toEqual([
      true,
    ]);
  });
});
