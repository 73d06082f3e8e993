import type { Actor, AssignVisitData, CommandType, Id, VisitCommand, VisitEvent } from '../../messages/index.ts';
import type { HttpHeaders, HttpRemoteOptions } from '../../replica/remote/http-call.ts';
import { httpRemote } from '../../replica/remote/http-remote.ts';
import { type Remote, RemoteError, type RemoteErrorKind, type RemoteSyncAnswer } from '../../replica/remote/remote.ts';
import { pause, runtime } from '../../util/runtime.ts';
import { ensure, fail, refuses, same } from '../assert.ts';
import { minute } from '../fixtures.ts';

/** A person whose replica calls the server. @since 0.5.0 */
export type SyncServerPerson = Readonly<{
  /** A provider, as the server knows them by the headers. */
  actor: Actor;
  /** The name of their device. */
  device: string;
  /** The headers of their calls, as those of `httpRemote`. */
  headers: HttpHeaders;
}>;

/** The host of {@link syncServerConformance}: a server for tests, and what the suite cannot do over its routes. @since 0.5.0 */
export type SyncServerHost = Readonly<{
  /** The address of the server, as that of `httpRemote`. */
  url: HttpRemoteOptions['url'];
  /** The `fetch` to call, such as that of an application in the same process; that of the runtime by default. */
  fetch?: HttpRemoteOptions['fetch'];
  /** The provider to whom the visits of the suite are assigned. */
  provider: SyncServerPerson;
  /** Another provider. */
  other: SyncServerPerson;
  /** The headers of a call without credentials; none by default. */
  anonymous?: HttpHeaders;
  /** Headers of the provider with credentials that have expired. Without them the case that needs them does not run. */
  expired?: HttpHeaders;
  /** Records the assignment of a new visit, as the contact center does. The suite chooses the id. */
  assign: (data: AssignVisitData) => unknown;
  /** Reassigns a visit from the provider to the other one. Without it the cases of a former provider do not run. */
  reassign?: (visitId: Id) => unknown;
  /** False for a server that takes no photographs; its cases do not run. */
  photos?: boolean;
  /** True for a server that notes which device leads a visit, and the public keys of devices; else its cases do not run. */
  devices?: boolean;
}>;

/** An answer of the server: its body as text, and as JSON if it is said to be. */
export type Answer = Readonly<{ status: number; headers: Headers; text: string; json: unknown }>;

/** The body of a request. */
export type Body = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

/** A request by its path; `headers` are added to those of the person. */
export type Request = Readonly<{ method: string; path: string; headers?: Record<string, string>; body?: Body }>;

/** Fields of an expected refusal, as a replica reads it. */
type Expected = Readonly<{ kind?: RemoteErrorKind; reason?: string; index?: number; photos?: readonly string[] }>;

/** Calls to the server as one person. */
export type Caller = Readonly<{
  remote: Remote;
  /** Sends a request that `httpRemote` does not make. A status of 500 or more fails the case. */
  ask: (request: Request) => Promise<Answer>;
  /** Sends a batch, again where the server is busy. A refusal rejects, as a `RemoteError`. */
  sync: (basedOn: number, commands: readonly unknown[], visitId?: Id) => Promise<RemoteSyncAnswer>;
}>;

export type Stage = Readonly<{
  host: SyncServerHost;
  visitId: Id;
  /** The number of events after the assignment. */
  basedOn: number;
  provider: Caller;
  other: Caller;
  nobody: Caller;
  callerWith: (headers: HttpHeaders) => Caller;
  /** Assigns one more visit to the provider, or to another person. */
  assign: (person?: SyncServerPerson) => Promise<Id>;
  /** Makes a command of the visit by the provider, at a later minute than those before. */
  act: <T extends CommandType>(type: T, data?: object, commandId?: Id) => VisitCommand;
  /** Reads all events of a visit, as the provider sees them. */
  log: (visitId?: Id) => Promise<readonly VisitEvent[]>;
  /**
   * Expects a refusal: a status below 500 with a JSON problem, which a replica reads as expected. Then the log of the visit must
   * be as it was before: nothing was recorded, and the server still answers.
   */
  refuses: (what: string, call: () => Promise<unknown>, expected: Expected) => Promise<void>;
  /** The same for a request that no replica makes: any status from 400 to 499 will do. */
  refusesRequest: (what: string, request: Request, caller?: Caller) => Promise<Answer>;
}>;

/** The number of times that a call is sent again where the server is busy. */
const TRIES = 20;

export async function createStage(host: SyncServerHost): Promise<Stage> {
  // A case calls as several persons, one after the other: the last answer is that of the call at hand.
  const last: { answer?: Answer } = {};
  const createCallerWith = (headers: HttpHeaders, { device }: SyncServerPerson) =>
    createCaller(host, headers, device, last);
  const provider = createCallerWith(host.provider.headers, host.provider);
  const assign = async ({ actor }: SyncServerPerson = host.provider) => {
    const id = `conformance-${runtime.randomId()}`;
    await host.assign(assignment(id, actor.id));
    return id;
  };
  const visitId = await assign();
  const log = (id = visitId) => readLog(provider.remote, id);
  let minutes = 0;

  async function mustChangeNothing<T>(what: string, work: () => Promise<T>): Promise<T> {
    const before = await log();
    const answer = await work();
    same(before, await log(), `${what}: the log of the visit afterwards`);
    return answer;
  }

  return {
    host,
    visitId,
    basedOn: (await log()).length,
    provider,
    other: createCallerWith(host.other.headers, host.other),
    nobody: createCallerWith(host.anonymous ?? {}, host.provider),
    callerWith: (headers) => createCallerWith(headers, host.provider),
    assign,
    act: (type, data = {}, commandId = runtime.randomId()) => {
      minutes += 1;
      const metadata = { actor: host.provider.actor, commandId };
      return { type, data: { visitId, at: minute(minutes), ...data }, metadata } as unknown as VisitCommand;
    },
    log,
    refuses: (what, call, expected) =>
      mustChangeNothing(what, async () => {
        await refuses(call, expected, what);
        mustBeProblem(what, last.answer);
      }),
    refusesRequest: (what, request, caller = provider) =>
      mustChangeNothing(what, async () => {
        const answer = await caller.ask(request);
        mustBeProblem(what, answer);
        return answer;
      }),
  };
}

/** The headers of a request with a JSON body. */
export const json = { 'content-type': 'application/json' };

/** The path of what belongs to a visit. */
export const visitPath = (visitId: Id, rest: string) => `/visits/${encodeURIComponent(visitId)}/${rest}`;

export const listOutcomes = ({ outcomes }: RemoteSyncAnswer) => outcomes.map(({ outcome }) => outcome);

const assignment = (visitId: Id, providerId: Id): AssignVisitData => ({
  visitId,
  at: minute(0),
  caseNumber: 'EXP-1',
  client: { name: 'Ana Rojas', title: 'doña' },
  provider: { id: providerId, name: 'Luis Mora', title: 'don' },
  service: 'fontanería',
  place: 'Barva, de la iglesia 200 metros al sur',
  arriveBy: minute(60),
});

function createCaller(host: SyncServerHost, headers: HttpHeaders, device: string, last: { answer?: Answer }): Caller {
  const fetchOf = host.fetch ?? globalThis.fetch;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await fetchOf(input, init);
    last.answer = await readAnswer(response.clone());
    return response;
  };
  const remote = httpRemote({ url: host.url, fetch, headers });
  return {
    remote,
    async ask({ headers: more, ...request }) {
      const own = typeof headers === 'function' ? await headers() : headers;
      const init = { ...request, headers: { ...own, ...more }, redirect: 'manual', cache: 'no-store' } as const;
      const isStream = request.body instanceof ReadableStream && { duplex: 'half' };
      const answer = await readAnswer(await fetchOf(host.url + request.path, { ...init, ...isStream } as RequestInit));
      ensure(answer.status < 500, `${request.method} ${request.path}: a status below 500, got ${answer.status}`);
      return answer;
    },
    sync: (basedOn, commands, visitId) => {
      const [first] = commands as readonly [VisitCommand];
      const batch = { visitId: visitId ?? first.data.visitId, basedOn, commands: commands as VisitCommand[], device };
      return retryWhileBusy(() => remote.sync(batch));
    },
  };
}

async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const text = await response.text();
  const isJson = /^application\/([\w.-]+\+)?json\b/i.test(headers.get('content-type') ?? '');
  return { status, headers, text, json: isJson && text !== '' ? JSON.parse(text) : undefined };
}

/** Calls again while the server answers that it is busy, as a replica does. */
async function retryWhileBusy<T>(call: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const isBusy = error instanceof RemoteError && error.kind === 'unavailable' && error.retryAfterMs !== undefined;
    if (!isBusy || tries === 0) throw error;
    await pause(Math.min(error.retryAfterMs ?? 0, 100));
    return retryWhileBusy(call, tries - 1);
  }
}

/** A problem is JSON: otherwise a replica takes it for the answer of something in between, and calls again for ever. */
function mustBeProblem(what: string, answer: Answer | undefined): void {
  const { status, json, text } = answer ?? fail(what, 'the server did not answer');
  ensure(status >= 400 && status < 500, what, `expected a status from 400 to 499, got ${status}`);
  const code = (json as { code?: unknown } | null | undefined)?.code;
  ensure(typeof code === 'string', what, `expected a JSON problem with a code, got ${status} ${text.slice(0, 200)}`);
}

async function readLog(remote: Remote, visitId: Id): Promise<readonly VisitEvent[]> {
  const events: unknown[] = [];
  for (;;) {
    const page = await remote.events(visitId, events.length);
    events.push(...page.events);
    if (page.version === events.length) return events as VisitEvent[];
    ensure(page.events.length > 0, `GET events?after=${events.length}: the events up to ${page.version}, got none`);
  }
}

/** The cases of a topic: what must hold of it. A case throws where the server breaks it. */
export type Cases = Readonly<Record<string, (stage: Stage) => Promise<void>>>;

/** The options of the host that a topic needs, besides those that are required. */
export type Needs = 'expired' | 'reassign' | 'photos' | 'devices';

/** True if the host has what a topic needs. */
export const hasNeed = (host: SyncServerHost, need: Needs): boolean =>
  need === 'photos' ? host.photos !== false : Boolean(host[need]);
