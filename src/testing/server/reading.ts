/** The events of a visit, and the list of visits, are read on from where the replica is. */
import type { RemoteVisit } from '../../replica/remote/remote.ts';
import { ensure, same } from '../assert.ts';
import { type Caller, type Cases, visitPath } from './stage.ts';

/** Reads the visits after a cursor, page by page, and the cursor at their end. */
async function readVisits({ remote }: Caller, from: string | null) {
  const visits: RemoteVisit[] = [];
  for (let after = from; ; ) {
    const page = await remote.assignments(after);
    visits.push(...page.visits);
    if (!page.more) return { visits, cursor: page.cursor };
    after = page.cursor;
  }
}

/** More visits than a page has by default. */
const MANY = 103;

export const reading: Cases = {
  'events are read after a number of them': async (stage) => {
    const { act, basedOn, provider, visitId, log } = stage;
    await provider.sync(basedOn, [act('RecordArrival'), act('ShowCredential')]);
    const all = await log();
    for (const after of [basedOn, basedOn + 1, all.length]) {
      const { events, version } = await provider.remote.events(visitId, after);
      same({ events: all.slice(after), version: all.length }, { events, version }, `events?after=${after}`);
    }
  },

  'events after one that is not there are refused as diverged': async (stage) => {
    const { basedOn, provider, visitId, refuses, log } = stage;
    const events = (after: number, lastEventId: string) => () =>
      provider.remote.events(visitId, after, { lastEventId });
    const diverged = { kind: 'refused', reason: 'diverged' } as const;
    await refuses('another last event', events(basedOn, 'another-event'), diverged);
    const lastEventId = (await log())[basedOn - 1]?.metadata?.eventId ?? '';
    await refuses('a place beyond the log', events(basedOn + 1, lastEventId), diverged);
    same([], (await events(basedOn, lastEventId)()).events, 'the events after the last one');
  },

  'events after what is no number are refused': async ({ refusesRequest, visitId }) => {
    for (const after of ['x', '-1', '1.5', '1e3', '%00', '99999999999999999999']) {
      const path = visitPath(visitId, `events?after=${after}`);
      await refusesRequest(`after=${after}`, { method: 'GET', path });
    }
  },

  'an ETag, where there is one, changes with the events': async (stage) => {
    const { act, basedOn, provider, visitId } = stage;
    const path = visitPath(visitId, 'events?after=0');
    const ask = async (tag?: string) =>
      provider.ask({ method: 'GET', path, ...(tag !== undefined && { headers: { 'if-none-match': tag } }) });
    const etag = (await ask()).headers.get('etag');
    if (etag === null) return;
    same(304, (await ask(etag)).status, 'the status while nothing has changed');
    await provider.sync(basedOn, [act('RecordArrival')]);
    same(200, (await ask(etag)).status, 'the status after a change');
  },

  'visits are listed page by page, each with the number of its events, then those that changed': async (stage) => {
    const { act, basedOn, provider, visitId, assign } = stage;
    const before = await readVisits(provider, null);
    const mine = before.visits.filter((visit) => visit.visitId === visitId);
    same([{ visitId, version: basedOn }], mine.slice(-1), 'the visit in the list');
    same([], (await readVisits(provider, before.cursor)).visits, 'the visits after the end');
    const added: string[] = [];
    for (let n = 0; n < MANY; n += 1) added.push(await assign());
    const { visits, cursor } = await readVisits(provider, before.cursor);
    const listed = visits.map((visit) => visit.visitId);
    same(added.sort(), listed.sort(), 'the visits that were assigned since');
    await provider.sync(basedOn, [act('RecordArrival')]);
    same([{ visitId, version: basedOn + 1 }], (await readVisits(provider, cursor)).visits, 'the visit that changed');
  },

  'a cursor that the server did not give is refused': async ({ refusesRequest }) => {
    for (const after of ['%00', '__proto__', '%F0%9F%98%80', 'x'.repeat(5_000)]) {
      await refusesRequest(`after=${after.slice(0, 20)}`, { method: 'GET', path: `/assignments?after=${after}` });
    }
  },

  'answers have the time of the server': async ({ provider, basedOn, act, visitId }) => {
    const answers = [
      await provider.sync(basedOn, [act('RecordArrival')]),
      await provider.remote.events(visitId, 0),
      await provider.remote.assignments(null),
    ];
    for (const { serverTime } of answers) ensure(Math.abs(Date.parse(serverTime)) > 0, `serverTime, got ${serverTime}`);
  },
};
