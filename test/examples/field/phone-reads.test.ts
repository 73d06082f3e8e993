import 'fake-indexeddb/auto';
import { type Signal, signal } from '@preact/signals';
import { commands, type VisitEvent } from 'auxilio';
import { decide, evolve, initialState, replay } from 'auxilio/core';
import type { ReplicaVisit } from 'auxilio/replica';
import { indexedDB } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../support/limits.ts';
import { stubPage } from './stubbed-page.ts';

const texts = stubPage();

type Kept = Readonly<{ since: string; reads: readonly object[] }>;
type Unread = Readonly<{ visit: ReplicaVisit; position: number; stop: string }>;
type Session = Readonly<{ actorId: string }> | null;

/** The parts of a page: the tests do not have the types of one. */
async function load() {
  const reads: {
    kept: Signal<Kept | null>;
    unreadIn: (visits: readonly ReplicaVisit[], actorId: string, kept: Kept) => readonly Unread[];
    noteRead: (read: Unread) => Promise<void>;
    followReads: (phone: object) => () => void;
  } = await import(/* @vite-ignore */ `${field}/reads.ts`);
  const { session }: { session: Signal<Session> } = await import(/* @vite-ignore */ `${field}/session.ts`);
  return { ...reads, session };
}
const field = '../../../examples/field/phone/src';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 17, 14, minute)).toISOString();
const center = { role: 'contact-center', id: 'op-03' } as const;
const gerardo = { id: 'prov-014', name: 'Gerardo Ureña Solís' };
const lucia = { id: 'prov-022', name: 'Lucía Mora Vargas' };

/** A visit of Gerardo, and what the center told him, a minute after another. */
function visitOf(visitId: string, ...told: readonly (readonly [number, string])[]): ReplicaVisit {
  const assigned = commands.assignVisit(
    {
      visitId,
      at: at(0),
      caseNumber: 'EXP-7',
      client: { name: 'Ana Rojas' },
      provider: gerardo,
      service: 'fontanería',
      place: 'Barva',
      arriveBy: at(60),
    },
    center,
    'c-0',
  );
  const given = told.map(([minute, decision]) => {
    const data = { visitId, at: at(minute) };
    return decision === 'taken'
      ? commands.reassignProvider({ ...data, provider: lucia, arriveBy: at(90) }, center, `c-${minute}`)
      : commands.giveInstruction(
          { ...data, about: 'visit', decision: decision as 'wait', text: 'Así' },
          center,
          `c-${minute}`,
        );
  });
  let state = initialState();
  const events: VisitEvent[] = [];
  for (const command of [assigned, ...given]) {
    const decision = decide(command, state);
    if (!decision.ok) throw new Error(JSON.stringify(decision.rejection));
    for (const event of decision.events) {
      state = evolve(state, event);
      events.push({ ...event, metadata: { ...event.metadata, recordedAt: event.data.at } } as VisitEvent);
    }
  }
  const own = replay(events);
  return { visitId, events, own: [], pending: [], local: own, confirmed: own } as unknown as ReplicaVisit;
}

const fresh = (since = at(0), reads: readonly object[] = []): Kept => ({ since, reads });

describe('the instructions to be read on a phone', () => {
  it('are the stops of all visits, the oldest first, and that a visit is another person’s; not to go on', async () => {
    const { unreadIn } = await load();
    const one = visitOf('v-1', [1, 'proceed'], [4, 'wait'], [6, 'reassign'], [7, 'taken']);
    const other = visitOf('v-2', [2, 'other'], [5, 'cancel']);
    const stopsOf = (actorId: string, kept = fresh()) =>
      unreadIn([other, one], actorId, kept).map(({ visit, position, stop }) => `${visit.visitId} ${position} ${stop}`);
    expect(stopsOf(gerardo.id)).toEqual(['v-1 3 wait', 'v-2 3 cancel', 'v-1 4 reassign', 'v-1 5 taken']);
    expect(stopsOf(lucia.id)).toEqual([]);
    // Of what was told before this phone was theirs, that which holds.
    expect(stopsOf(gerardo.id, fresh(at(30)))).toEqual(['v-2 3 cancel']);
    const read = { visitId: 'v-2', position: 3, given: at(5), at: at(8), isSent: false };
    expect(stopsOf(gerardo.id, { since: at(0), reads: [read] })).not.toContain('v-2 3 cancel');
    // Of a log that was restored another instruction stands there.
    expect(stopsOf(gerardo.id, { since: at(0), reads: [{ ...read, given: at(4) }] })).toContain('v-2 3 cancel');
  });
});

describe('what was read on a phone', () => {
  beforeEach(() => texts.clear());

  /** The people of a phone, and the requests that it sent, each answered by the test. */
  async function phone() {
    const page = await load();
    const sent: { path: string; body: object }[] = [];
    const answers: ((reply: Response | Error) => void)[] = [];
    vi.stubGlobal('fetch', (path: string, { body }: { body: string }) => {
      sent.push({ path, body: JSON.parse(body) });
      return new Promise<Response>((resolve, reject) => {
        answers.push((reply) => (reply instanceof Error ? reject(reply) : resolve(reply)));
      });
    });
    const status = signal({ lastSyncAt: 't-0' });
    const enter = async (actorId: string) => {
      page.session.value = { actorId };
      const stop = page.followReads({ actorId, status });
      await vi.waitFor(() => expect(page.kept.peek()).not.toBeNull(), limits.waitMs);
      return stop;
    };
    const read = (actorId: string, visit: ReplicaVisit) => {
      const [first] = page.unreadIn([visit], actorId, page.kept.peek() ?? fresh());
      if (first === undefined) throw new Error('Nothing is to be read');
      return page.noteRead(first);
    };
    const sentTo = (count: number) => vi.waitFor(() => expect(sent).toHaveLength(count), limits.waitMs);
    return { page, sent, answers, status, enter, read, sentTo };
  }

  const keptOf = (actorId: string) =>
    (JSON.parse(texts.get(`read ${actorId}`) ?? '{"reads":[]}') as { reads: readonly { isSent: boolean }[] }).reads;

  it('waits without a signal, and is sent until the center has it, then never again', async () => {
    const { sent, answers, status, enter, read, sentTo } = await phone();
    const leave = await enter(gerardo.id);
    const reading = read(gerardo.id, visitOf('v-1', [4, 'cancel']));
    await sentTo(1);
    expect(sent[0]).toMatchObject({ path: '/api/visits/v-1/reads', body: { position: 2, given: at(4) } });
    answers[0]?.(new Error('no signal'));
    await reading;
    expect(keptOf(gerardo.id)).toMatchObject([{ isSent: false }]);
    // A server that fails is no answer either.
    status.value = { lastSyncAt: 't-1' };
    await sentTo(2);
    answers[1]?.(new Response(null, { status: 503 }));
    await vi.waitFor(() => expect(sent).toHaveLength(2), limits.waitMs);
    leave();
    const again = await enter(gerardo.id);
    await sentTo(3);
    expect(sent[2]).toEqual(sent[0]);
    answers[2]?.(Response.json({}));
    await vi.waitFor(() => expect(keptOf(gerardo.id)).toMatchObject([{ isSent: true }]), limits.waitMs);
    status.value = { lastSyncAt: 't-2' };
    again();
    await (await enter(gerardo.id))();
    expect(sent).toHaveLength(3);
  });

  it('is neither sent nor given up under the name of the next person', async () => {
    const { page, answers, enter, read, sentTo, sent } = await phone();
    const leave = await enter(gerardo.id);
    const reading = read(gerardo.id, visitOf('v-3', [4, 'cancel']));
    await sentTo(1);
    leave();
    page.session.value = { actorId: lucia.id };
    answers[0]?.(new Response(null, { status: 403 }));
    await reading;
    await enter(lucia.id);
    expect([keptOf(gerardo.id).at(-1), keptOf(lucia.id), sent.length]).toMatchObject([
      { visitId: 'v-3', isSent: false },
      [],
      1,
    ]);
  });

  describe('when its page was left before the disk had it', () => {
    const reading = (position: number, isSent: boolean) =>
      ({ visitId: 'v-4', position, given: at(position), at: at(9), isSent }) as const;
    const keep = (actorId: string, ...reads: readonly object[]) =>
      texts.set(`read ${actorId}`, JSON.stringify(fresh(at(0), reads)));

    /** The phone of someone whose disk has older readings than their page. */
    async function phoneLeft(actorId: string, onDisk: readonly object[], onPage: readonly object[]) {
      const held = await phone();
      indexedDB.deleteDatabase('phone');
      keep(actorId, ...onDisk);
      await (await held.enter(actorId))();
      keep(actorId, ...onPage);
      return held;
    }

    it('is still read, and what either knows to be sent is not sent again', async () => {
      const older = [reading(1, true), reading(2, false)];
      const { enter } = await phoneLeft(gerardo.id, older, [reading(1, false), reading(2, true), reading(3, true)]);
      await enter(gerardo.id);
      expect(keptOf(gerardo.id)).toEqual([reading(1, true), reading(2, true), reading(3, true)]);
    });

    it('stays theirs when the next person enters at once', async () => {
      const { page, enter, status } = await phoneLeft(gerardo.id, [], [reading(1, true)]);
      page.followReads({ actorId: gerardo.id, status })();
      await enter(lucia.id);
      expect([keptOf(gerardo.id), keptOf(lucia.id)]).toEqual([[reading(1, true)], []]);
    });
  });
});
