import type { Id, Locale, Policy } from 'auxilio';
import type { Codec, VisitService } from 'auxilio/service';
import { type Access, type Caller, isId } from './access.ts';
import type { BoardStore } from './board.ts';
import type { Call, Reply } from './call.ts';
import { postCommand } from './commands.ts';
import type { Devices } from './devices.ts';
import { problemOf } from './failures.ts';
import { localeOf } from './negotiate.ts';
import type { PhotoStore } from './photo-store.ts';
import { Problem, problemReply, wrong } from './problem.ts';
import type { Quarantine } from './quarantine.ts';

/** The dependencies of the application. */
export type App = Readonly<{
  service: VisitService;
  store: BoardStore;
  access: Access;
  /** As the service's. */
  policy?: Policy;
  codec?: Codec;
  /** The bytes of photographs; without it none are taken, and none are asked for. */
  photos?: PhotoStore;
  /** The devices of the providers; without it none is noted, and none is revoked. */
  devices?: Devices;
  /** The batches that revoked devices hand in; without it, nothing is taken from them. */
  quarantine?: Quarantine;
  now: () => string;
  /** The intervals of a stream's heartbeat and of its polling, in milliseconds. */
  heartbeatMs: number;
  pollMs: number;
  /** The number of boards that one caller may have open as streams. */
  maxStreams: number;
  /** Ends the streams when the process is to end. */
  closing?: AbortSignal;
  /** Called with errors of the server. */
  onFailure: (error: unknown) => void;
}>;

/** One authenticated request with its route. */
export type Asked = Readonly<{ call: Call; caller: Caller; visitId: Id; locale: Locale }>;

type Handler = (app: App, asked: Asked) => Promise<Reply>;

// A command needs neither the guide nor the board: a Lambda that starts for one does not wait for them.
const postBatch: Handler = async (app, asked) => (await import('./batch.ts')).postCommands(app, asked);
const postSync: Handler = async (app, asked) => (await import('./sync.ts')).postSync(app, asked);
const photoHead: Handler = async (app, asked) => (await import('./photos.ts')).photoHead(app, asked);
const putPhoto: Handler = async (app, asked) => (await import('./photos.ts')).putPhoto(app, asked);
const assignments: Handler = async (app, asked) => (await import('./assignments.ts')).assignments(app, asked);
const devices: Handler = async (app, asked) => (await import('./device-routes.ts')).listDevices(app, asked);
const revokeDevice: Handler = async (app, asked) => (await import('./device-routes.ts')).revokeDevice(app, asked);
const registerKey: Handler = async (app, asked) => (await import('./device-routes.ts')).registerKey(app, asked);
const takeLead: Handler = async (app, asked) => (await import('./device-routes.ts')).takeLead(app, asked);
const unsent: Handler = async (app, asked) => (await import('./unsent.ts')).takeUnsent(app, asked);
const quarantine: Handler = async (app, asked) => (await import('./quarantine-routes.ts')).listQuarantine(app, asked);
const decide: Handler = async (app, asked) => (await import('./quarantine-routes.ts')).decideOn(app, asked);
const board: Handler = async (app, asked) => (await import('./board.ts')).board(app, asked);
const visitOf: Handler = async (app, asked) => (await import('./visits.ts')).visitOf(app, asked);
const eventsOf: Handler = async (app, asked) => (await import('./visits.ts')).eventsOf(app, asked);
const guideOf: Handler = async (app, asked) => (await import('./visits.ts')).guideOf(app, asked);
const dossierOf: Handler = async (app, asked) => (await import('./visits.ts')).dossierOf(app, asked);

type Route = Readonly<{
  path: RegExp;
  methods: Readonly<Record<string, Handler>>;
  /** A revoked device may use it, to hand in what it has. */
  handsIn?: true;
}>;

const routes: readonly Route[] = [
  { path: /^\/board$/, methods: { GET: board } },
  { path: /^\/photos\/.+$/, methods: { HEAD: photoHead, PUT: putPhoto }, handsIn: true },
  { path: /^\/devices$/, methods: { GET: devices } },
  { path: /^\/devices\/revoke$/, methods: { POST: revokeDevice } },
  { path: /^\/devices\/key$/, methods: { PUT: registerKey } },
  { path: /^\/unsent$/, methods: { POST: unsent } },
  { path: /^\/quarantine$/, methods: { GET: quarantine } },
  { path: /^\/quarantine\/[^/]+$/, methods: { POST: decide } },
  { path: /^\/assignments$/, methods: { GET: assignments } },
  { path: /^\/commands$/, methods: { POST: postBatch } },
  { path: /^\/visits\/(.+)\/commands$/, methods: { POST: postCommand } },
  { path: /^\/visits\/(.+)\/sync$/, methods: { POST: postSync }, handsIn: true },
  { path: /^\/visits\/(.+)\/lead$/, methods: { PUT: takeLead } },
  { path: /^\/visits\/(.+)\/events$/, methods: { GET: eventsOf } },
  { path: /^\/visits\/(.+)\/guide$/, methods: { GET: guideOf } },
  { path: /^\/visits\/(.+)\/dossier$/, methods: { GET: dossierOf } },
  { path: /^\/visits\/(.+)$/, methods: { GET: visitOf } },
];

type Options = Pick<App, 'service' | 'store' | 'access'> & Partial<App>;

/** The application: answers every call, whatever happens. */
export function createApp(options: Options): (call: Call) => Promise<Reply> {
  const app: App = {
    now: () => new Date().toISOString(),
    heartbeatMs: 15_000,
    pollMs: 500,
    maxStreams: 4,
    onFailure: () => undefined,
    ...options,
  };
  return async (call) => {
    const locale = localeOf(call.header('accept-language'));
    const reply = await answered(app, call, locale).catch((error: unknown) => {
      const problem = problemOf(error);
      if (problem.told.cause !== undefined) app.onFailure(problem.told.cause);
      return problemReply(problem, locale);
    });
    return {
      ...reply,
      headers: {
        ...reply.headers,
        vary: 'accept, accept-language, authorization',
        'x-content-type-options': 'nosniff',
      },
      body: call.method === 'HEAD' ? null : reply.body,
    };
  };
}

async function answered(app: App, call: Call, locale: Locale): Promise<Reply> {
  const route = routes.find(({ path }) => path.test(call.path));
  if (route === undefined) throw new Problem('no-such-path');
  const isOwn = Object.hasOwn(route.methods, call.method);
  const method = call.method === 'HEAD' && !isOwn ? 'GET' : call.method;
  const handler = Object.hasOwn(route.methods, method) ? route.methods[method] : undefined;
  if (handler === undefined) {
    const allow = Object.keys(route.methods).flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]));
    throw new Problem('method-not-allowed', { headers: { allow: allow.join(', ') } });
  }
  const caller = await callerOf(app, call);
  if (app.devices !== undefined && route.handsIn !== true) {
    await (await import('./device-routes.ts')).refuseRevoked(app, call, caller);
  }
  const visitId = visitIdOf(route.path.exec(call.path)?.[1]);
  if (visitId !== '' && !app.access.mayEnter(caller, visitId)) throw new Problem('not-yours');
  return handler(app, { call, caller, visitId, locale });
}

async function callerOf({ access }: App, call: Call): Promise<Caller> {
  const claims = await call.claims();
  if (claims === null) throw new Problem('unauthenticated', { headers: { 'www-authenticate': 'Bearer' } });
  const actor = access.actorOf(claims);
  if (actor === null) throw new Problem('no-role');
  return { actor, claims };
}

/** The id in a path; empty if missing. */
function visitIdOf(segment = ''): Id {
  if (segment === '') return segment;
  const id = unescaped(segment);
  if (!isId(id)) throw wrong('path', 'visitId', 'invalid-id');
  return id;
}

function unescaped(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
