/** Access: nothing is answered without credentials, and nothing of a visit to whom it is not assigned. The devices of a person. */
import type { Id, VisitEvent } from '../../messages/index.ts';
import { runtime } from '../../util/runtime.ts';
import { ensure, refuses, same } from '../assert.ts';
import { makePhotograph } from './photos.ts';
import {
  type Answer,
  type Caller,
  type Cases,
  json,
  listOutcomes,
  type Request,
  type Stage,
  visitPath,
} from './stage.ts';

/** The requests of a replica about a visit, by what they ask. */
async function requestsFor(visitId: Id, { act, host }: Stage): Promise<Readonly<Record<string, Request>>> {
  const { sha256, bytes } = await makePhotograph(100);
  const photo = `/photos/${sha256}?visit=${encodeURIComponent(visitId)}`;
  const arrival = { ...act('RecordArrival', { visitId }), metadata: { actor: host.other.actor, commandId: 'c-1' } };
  const body = JSON.stringify({ basedOn: 1, commands: [arrival], device: host.other.device });
  const head = JSON.stringify({ basedOn: 1, commands: [], head: { version: 1, lastEventId: 'x' } });
  const range = { 'content-type': 'image/jpeg', 'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}` };
  return {
    'a batch': { method: 'POST', path: visitPath(visitId, 'sync'), headers: json, body },
    'an empty batch beyond the log': { method: 'POST', path: visitPath(visitId, 'sync'), headers: json, body: head },
    'the events': { method: 'GET', path: visitPath(visitId, 'events?after=0') },
    'events beyond the log': { method: 'GET', path: visitPath(visitId, 'events?after=9&lastEventId=x') },
    ...(host.photos !== false && {
      'the progress of a photograph': { method: 'HEAD', path: photo },
      'a photograph': { method: 'PUT', path: photo, headers: range, body: bytes },
    }),
    ...(host.devices && {
      'the lead': {
        method: 'PUT',
        path: visitPath(visitId, 'lead'),
        headers: json,
        body: `{"device":"${host.other.device}"}`,
      },
    }),
  };
}

/** An answer without what differs between any two: the id of the visit, and times. */
function comparable({ status, headers, text }: Answer, visitId: Id): object {
  const names = ['content-type', 'etag', 'www-authenticate', 'retry-after', 'upload-offset', 'upload-complete'];
  const said = Object.fromEntries(names.map((name) => [name, headers.get(name)]));
  return { status, ...said, text: text.replaceAll(visitId, '(visit)').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '(time)') };
}

async function refusesAll(caller: Caller, stage: Stage): Promise<void> {
  const requests = await requestsFor(stage.visitId, stage);
  for (const [what, request] of [
    ...Object.entries(requests),
    ['the visits', { method: 'GET', path: '/assignments' }] as const,
  ]) {
    const { status } = await caller.ask(request);
    same(401, status, `the status of ${what}`);
  }
  await refuses(caller.remote.events(stage.visitId, 0), { kind: 'unauthenticated' }, 'the events');
  same(stage.basedOn, (await stage.log()).length, 'the number of events afterwards');
}

export const access: Cases = {
  'without credentials every route answers 401': (stage) => refusesAll(stage.nobody, stage),

  "another provider's visit is answered as one that does not exist, and nothing is recorded": async (stage) => {
    const { visitId, other, log } = stage;
    const before = await log();
    const none = `conformance-${runtime.randomId()}`;
    const [ofNone, ofVisit] = [await requestsFor(none, stage), await requestsFor(visitId, stage)];
    for (const [what, request] of Object.entries(ofVisit)) {
      const [one, two] = [await other.ask(ofNone[what] ?? request), await other.ask(request)];
      ensure(two.status >= 400, `${what}: expected a refusal, got the status ${two.status}`);
      same(comparable(one, none), comparable(two, visitId), `${what}: the answer to another provider`);
    }
    same(before, await log(), 'the log afterwards');
  },

  "another provider's list of visits does not name it": async (stage) => {
    const { visitId, other } = stage;
    for (let after: string | null = null, more = true; more; ) {
      const page = await other.remote.assignments(after);
      ensure(
        page.visits.every((visit) => visit.visitId !== visitId),
        `the visits of another provider name ${visitId}`,
      );
      ({ cursor: after, more } = page);
    }
  },
};

export const expired: Cases = {
  'with expired credentials every route answers 401': (stage) =>
    refusesAll(stage.callerWith(stage.host.expired ?? {}), stage),
};

export const reassign: Cases = {
  'a former provider hands in their acts, and sees what became of these alone': async (stage) => {
    const { act, basedOn, provider, other, host, visitId, log } = stage;
    await provider.sync(basedOn, [act('RecordArrival')]);
    await host.reassign?.(visitId);
    const seen = (await log()).length;
    const late = act('ShowCredential');
    const answer = await provider.sync(basedOn + 1, [late]);
    same(['refused'], listOutcomes(answer), 'the outcomes');
    const own = (answer.own ?? []) as readonly VisitEvent[];
    const isReported = own.some((event) => event.type === 'DiscrepancyReported');
    ensure(isReported, 'the later events of their own contain the report of their act');
    const arrival = { ...act('RecordArrival'), metadata: { actor: host.other.actor, commandId: runtime.randomId() } };
    const otherLog = await other.remote.events(visitId, 0);
    await other.sync(otherLog.version, [arrival]);
    same(seen, (await log()).length, 'the number of events that the former provider sees');
    const said = JSON.stringify(await provider.remote.events(visitId, 0));
    ensure(!said.includes(arrival.metadata.commandId), 'the former provider is not told of the arrival of the other');
    const again = await provider.sync(basedOn + 1, [late]);
    same(['repeated'], listOutcomes(again), 'the outcome of a repeat');
  },
};

export const devices: Cases = {
  'the first device that hands in an act leads the visit; another takes the lead': async (stage) => {
    const { act, basedOn, provider, visitId, host } = stage;
    const { device } = host.provider;
    same(null, (await provider.remote.events(visitId, 0)).lead, 'the lead before any act');
    same(device, (await provider.sync(basedOn, [act('RecordArrival')])).lead, 'the lead after the first act');
    await provider.remote.takeLead?.(visitId, device);
    same(device, (await provider.remote.events(visitId, 0)).lead, 'the lead after it was taken');
  },

  'a device registers its public key, again as well': async ({ provider, host, refusesRequest }) => {
    const { device } = host.provider;
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
    const key = btoa(String.fromCharCode(...spki));
    await provider.remote.registerKey?.(device, key);
    await provider.remote.registerKey?.(device, key);
    const body = JSON.stringify({ device, key: 'no key' });
    await refusesRequest('what is no key', { method: 'PUT', path: '/devices/key', headers: json, body });
  },
};
