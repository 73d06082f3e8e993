/**
 * A phone and a server between which something answers in the place of the server: for one act, one photograph, one visit, one route or
 * all, with any status, body and header. The oracle is the definition: what does not depend on that answer is on record within a bounded
 * number of rounds; the status never says *received* before all is, and names what is kept back; once the answers are the server's
 * again, all is on record.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { memoryReplicaStore } from '../../src/memory.ts';
import type { Id, VisitCommand } from '../../src/messages/index.ts';
import {
  type ActCommand,
  createReplica,
  httpRemote,
  type Remote,
  RemoteError,
  type Replica,
} from '../../src/replica.ts';
import { StoreError } from '../../src/stores/errors.ts';
import type { ReplicaStore } from '../../src/stores/replica-store.ts';
import { actors, command, minute } from '../../src/testing.ts';
import { asAct, assignVisit, inVisit, named, plain } from './device.ts';
import { createServer } from './server.ts';

const statuses = [
  200, 201, 204, 301, 302, 304, 307, 308, 400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 411, 412, 413, 414, 415,
  421, 422, 423, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 507, 508, 511, 520, 599,
] as const;
const bodies = ['none', 'html', 'object', 'problem', 'half', 'cut', 'mislabelled', 'array'] as const;
/** The answers that name one command, or say that the server keeps the batch. */
type Naming = 'index' | 'quarantined';
const waits = [null, '1', '0', 'Tue, 17 Mar 2026 14:00:01 GMT', 'soon', '-5'] as const;
/** The answers that are no answer: the connection is closed, or nothing comes. */
const silences = ['closed', 'slow'] as const;
const places = ['act', 'photo', 'visit', 'syncs', 'photos', 'events', 'list', 'all'] as const;

export type Answer = Readonly<{
  place: (typeof places)[number];
  kind:
    | Readonly<{
        status: (typeof statuses)[number];
        body: (typeof bodies)[number] | Naming;
        wait: (typeof waits)[number];
      }>
    | (typeof silences)[number];
  /** Chooses the act or the photograph that is meant. */
  which: number;
  /** True while the disk of the phone has no room. */
  isFull: boolean;
}>;

export const answers: fc.Arbitrary<Answer> = fc.record({
  place: fc.constantFrom(...places),
  kind: fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({
        status: fc.constantFrom(...statuses),
        body: fc.constantFrom(...bodies),
        wait: fc.oneof(
          { weight: 3, arbitrary: fc.constant(null) },
          { weight: 2, arbitrary: fc.constantFrom(...waits) },
        ),
      }),
    },
    { weight: 1, arbitrary: fc.constantFrom(...silences) },
  ),
  which: fc.nat(),
  isFull: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

/** The rounds within which all that can be is on record: more where nothing answers to a photograph, which may be slow. */
const ROUNDS = 14;
const ROUNDS_OF_SILENCE = 26;
/** The most calls of a round of so few visits. */
const MOST_CALLS = 60;

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const photographs = [1, 2, 3].map((n) => new Uint8Array([0xff, 0xd8, 0xff, n]));

/** Errors that are planted into the replica's way to its server, or its store. */
export type Planted = Partial<{ remote: (remote: Remote) => Remote; store: (store: ReplicaStore) => ReplicaStore }>;

/** Runs a phone against a server with an answer in its place; lists what is wrong. */
export async function runAnswer(answer: Answer, planted: Planted = {}): Promise<readonly string[]> {
  const wrong: string[] = [];
  const clock = { ms: Date.UTC(2026, 2, 17, 14, 0) };
  const now = () => new Date(clock.ms).toISOString();
  const server = createServer({ now });
  const visits = ['visit-1', 'visit-2', 'visit-3'];
  for (const visitId of visits) {
    await server.service.handle({ ...assignVisit, data: { ...assignVisit.data, visitId } } as never);
  }
  const acts = actsOf();
  let isOn = false;
  let calls = 0;
  const remote = httpRemote({
    url: 'https://host.test',
    fetch: (async (url: string, init: RequestInit) => {
      calls += 1;
      return isOn && isMeant(answer, url, init)
        ? answerOf(answer, init)
        : served(server.remoteFor(actors.provider), url, init);
    }) as never,
  });
  const disk = { isFull: false };
  const store = withRoom(memoryReplicaStore(), disk);
  let ids = 0;
  const replica = createReplica({
    store: planted.store?.(store) ?? store,
    remote: planted.remote?.(remote) ?? remote,
    actor: actors.provider,
    device: 'phone-1',
    now,
    monotonicMs: () => clock.ms,
    newId: () => `id-${++ids}`,
    callTimeoutMs: 20,
  });
  await replica.sync();
  for (const bytes of photographs) await replica.photos.add('visit-2', bytes);
  for (const act of acts) {
    const { ok } = await replica.act(act);
    if (!ok) wrong.push(`the model did not record ${act.metadata?.commandId}`);
  }
  clock.ms += 10_000;
  isOn = true;
  disk.isFull = answer.isFull;
  const isSilent = typeof answer.kind === 'string' || answer.kind.body === 'cut';
  for (let round = 0; round < (isSilent ? ROUNDS_OF_SILENCE : ROUNDS); round += 1) {
    calls = 0;
    await replica.sync().catch((error: unknown) => {
      if (!answer.isFull) throw error;
    });
    if (calls > MOST_CALLS) wrong.push(`a round made ${calls} calls`);
    if (replica.status.verdict !== 'received') continue;
    const unheld = photographs.filter((bytes) => !server.photos.has(hashOf(bytes)));
    if (unheld.length + (await missingOn(server, acts)).length > 0) wrong.push('said to be received');
  }
  const missing = await missingOn(server, acts);
  const lawful = new Set(dependentOn(answer, acts));
  for (const id of missing) if (!lawful.has(id) && !answer.isFull) wrong.push(`${id} is not on record`);
  if (!answer.isFull) wrong.push(...(await wrongInStatus(replica, answer, missing)));
  isOn = false;
  disk.isFull = false;
  for (let round = 0; round < 4; round += 1) {
    clock.ms += 2 * 86_400_000;
    await replica.sync();
  }
  for (const id of await missingOn(server, acts)) wrong.push(`${id} is not on record at the end`);
  const { verdict, waiting, withheld, problems, failing } = replica.status;
  if (verdict !== 'received')
    wrong.push(`at the end ${JSON.stringify({ verdict, waiting, withheld, problems, failing })}`);
  replica.close();
  return wrong;
}

/** The acts of three visits, in their order: four alike, a visit up to its start with photographs, and an arrival. */
function actsOf(): readonly ActCommand[] {
  const end = plain.findIndex(({ type }) => type === 'StartWork') + 1;
  const photos = photographs.map((bytes, n) => ({ photoId: `p-${n}`, sha256: hashOf(bytes), takenAt: minute(40) }));
  const alike = [0, 1, 2, 3].map((n) =>
    named(asAct(command('DeclineOffContractRequest', { activity: 'other', detail: 'Otra cosa' })), `one-${n}`),
  );
  const working = plain.slice(1, end).flatMap(({ type, data }: VisitCommand, n): ActCommand[] => {
    const act = (changed: object, id: string) =>
      named(inVisit({ type, data: { ...data, ...changed } } as ActCommand, 'visit-2'), id);
    if (type === 'TakePhotos') return [act({ photos }, `two-${n}`)];
    // One act for each, so that one that is refused stops no other.
    if (type === 'SubmitPhotos') return photos.map(({ photoId }) => act({ photoIds: [photoId] }, `sent-${photoId}`));
    return [act({}, `two-${n}`)];
  });
  const arrival = named(inVisit(asAct(plain[1] as VisitCommand), 'visit-3'), 'three-0');
  return [...alike, ...working, arrival];
}

const idOf = (act: ActCommand): Id => act.metadata?.commandId ?? '';

/** The act that an answer is about, if it is about one. */
const actOf = ({ which }: Answer): Id => `one-${which % 4}`;
const photoOf = ({ which }: Answer): number => which % photographs.length;

/** True for a call that something answers in the place of the server. */
function isMeant(answer: Answer, url: string, { method, body }: RequestInit): boolean {
  const { pathname } = new URL(url);
  const isSync = pathname.endsWith('/sync');
  switch (answer.place) {
    case 'act':
      return isSync && String(body).includes(`"${actOf(answer)}"`);
    case 'photo':
      return pathname.includes(hashOf(photographs[photoOf(answer)] as Uint8Array));
    case 'visit':
      return isSync && pathname.includes('visit-1');
    case 'syncs':
      return isSync;
    case 'photos':
      return pathname.startsWith('/photos') && method !== 'HEAD';
    case 'events':
      return pathname.includes('visit-1/events');
    case 'list':
      return pathname.startsWith('/assignments');
    case 'all':
      return true;
  }
}

/** The acts that an answer may keep from the record. */
function dependentOn(answer: Answer, acts: readonly ActCommand[]): readonly Id[] {
  const all = acts.map(idOf);
  switch (answer.place) {
    case 'act':
      return [actOf(answer)];
    case 'photo':
      return [`sent-p-${photoOf(answer)}`];
    case 'visit':
      return all.filter((id) => id.startsWith('one-'));
    case 'photos':
      return all.filter((id) => id.startsWith('sent-'));
    case 'events':
      return [];
    case 'list':
      // A server that says to wait, or that the session has ended, when it lists the visits is asked for nothing else in that round.
      return [];
    case 'syncs':
    case 'all':
      return all;
  }
}

async function wrongInStatus(replica: Replica, answer: Answer, missing: readonly Id[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  const { verdict, waiting, withheld, problems, failing, photosRefused, lastResult } = replica.status;
  const pending = (await Promise.all(['visit-1', 'visit-2', 'visit-3'].map((id) => replica.visit(id)))).flatMap(
    (visit) => visit.pending.map((one) => ({ ...one, visitId: visit.visitId })),
  );
  const waits = pending.filter((one) => one.withheld === undefined);
  if (waiting !== waits.length) wrong.push(`waiting is ${waiting}, and ${waits.length} wait`);
  if (withheld !== pending.length - waits.length) wrong.push(`withheld is ${withheld}`);
  for (const id of missing) {
    const one = pending.find(({ command: own }) => own.metadata.commandId === id);
    if (one === undefined) wrong.push(`${id} is neither here nor there`);
    else if (one.withheld !== undefined) {
      const problem = problems.find((each) => each.what === 'act' && each.commandId === id);
      if (problem === undefined || problem.what !== 'act' || problem.message === '') wrong.push(`${id} is not named`);
    } else if (!failing.some(({ visitId }) => visitId === one.visitId) && lastResult === 'done') {
      wrong.push(`${id} waits, and nothing says why`);
    }
  }
  const isWithheld = problems.length > 0;
  if (isWithheld && verdict !== 'attention') wrong.push(`${verdict}, though ${problems.length} are kept back`);
  if (waits.length > 0 && !['saved', 'attention'].includes(verdict)) wrong.push(`${verdict}, though some wait`);
  if (answer.place === 'act' && missing.length > 0 && !isWithheld) wrong.push('the act is not named');
  if (answer.place === 'photo' && missing.length > 0 && photosRefused !== 1) wrong.push('the photograph is not named');
  // Where all calls are refused, each photograph is, too, and with it what says that it is sent.
  const isOfAll = (reason: string) => answer.place === 'all' && reason === 'photos-refused';
  const isBlamed = problems.some((problem) => problem.what === 'act' && !isOfAll(problem.reason));
  if (['syncs', 'all'].includes(answer.place) && isBlamed) wrong.push('a server that is down withheld an act');
  return wrong;
}

async function missingOn(server: ReturnType<typeof createServer>, acts: readonly ActCommand[]): Promise<readonly Id[]> {
  const logs = await Promise.all(['visit-1', 'visit-2', 'visit-3'].map((id) => server.logOf(id)));
  const ids = logs
    .flat()
    .flatMap(({ type, data, metadata }) => [
      metadata?.commandId,
      ...(type === 'DiscrepancyReported' ? data.acts.map(({ commandId }) => commandId) : []),
    ]);
  return acts.map(idOf).filter((id) => !ids.includes(id));
}

/** The answer in the place of the server's. */
function answerOf({ kind }: Answer, { signal }: RequestInit): Promise<Response> {
  if (kind === 'closed') return Promise.reject(new TypeError('fetch failed'));
  if (kind === 'slow') {
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))));
  }
  const { status, body, wait } = kind;
  const isEmpty = body === 'none' || [204, 304].includes(status);
  const headers = new Headers({
    date: 'Tue, 17 Mar 2026 14:00:00 GMT',
    ...(!isEmpty && { 'content-type': ['html', 'mislabelled'].includes(body) ? 'text/html' : 'application/json' }),
    ...(wait !== null && { 'retry-after': wait }),
  });
  return Promise.resolve(new Response(isEmpty ? null : bodyOf(body, status), { status, headers }));
}

function bodyOf(body: (typeof bodies)[number] | Naming, status: number): string | ReadableStream {
  if (body === 'html') return '<html><h1>Portal</h1></html>';
  if (body === 'half') return '{"title":"Not';
  if (body === 'array') return '[]';
  if (body === 'object' || body === 'mislabelled') return '{}';
  if (body === 'index') return JSON.stringify({ title: 'No', status, index: 0 });
  if (body === 'quarantined') return JSON.stringify({ title: 'No', status, quarantineId: 'q-1' });
  if (body === 'problem') return JSON.stringify({ title: 'No', status, code: 'some-code' });
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"ti'));
      controller.error(new TypeError('terminated'));
    },
  });
}

/** The routes of a server, in front of the model's. */
async function served(remote: Remote, url: string, init: RequestInit): Promise<Response> {
  const { pathname, searchParams } = new URL(url);
  const [, first = '', id = '', last] = pathname.split('/');
  const json = (value: unknown, headers = {}) =>
    new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json', ...headers } });
  const progress = (offset: number, complete: boolean) =>
    json({ offset, complete }, { 'upload-offset': String(offset), 'upload-complete': complete ? '?1' : '?0' });
  try {
    if (first === 'assignments') return json(await remote.assignments(searchParams.get('after')));
    if (first === 'photos' && init.method === 'HEAD') {
      return progress(0, (await remote.hasPhoto?.({ sha256: id, visitId: '' })) ?? false);
    }
    if (first === 'photos') {
      const bytes = init.body as Uint8Array;
      await remote.putPhoto({ sha256: id, bytes, visitId: '', mediaType: '' });
      return progress(bytes.length, true);
    }
    if (last === 'sync') return json(await remote.sync({ visitId: id, ...JSON.parse(String(init.body)) }));
    return json(await remote.events(id, Number(searchParams.get('after'))));
  } catch (error) {
    const { kind, message, reason, photos, index } = error as RemoteError;
    if (!(error instanceof RemoteError)) throw error;
    const status = kind === 'forbidden' ? 403 : 409;
    const code = kind === 'photos-missing' ? kind : reason;
    const problem = { title: message, code, photos, index };
    return new Response(JSON.stringify(problem), { status, headers: { 'content-type': 'application/problem+json' } });
  }
}

/** The disk of the phone, which has no room at times. */
function withRoom(store: ReplicaStore, disk: { readonly isFull: boolean }): ReplicaStore {
  const mustHaveRoom = () => {
    if (disk.isFull) throw new StoreError('full', 'No room');
  };
  return {
    ...store,
    async writeGroup(...given) {
      mustHaveRoom();
      return store.writeGroup(...given);
    },
    async putBlob(...given) {
      mustHaveRoom();
      return store.putBlob(...given);
    },
  };
}
