import type { Locale } from 'auxilio';
import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { problemOf } from '../../http/failures.ts';
import { localeOf } from '../../http/negotiate.ts';
import { Problem, problemReply } from '../../http/problem.ts';
import { findClient } from './client-doors.ts';
import { clientTokenOf, tokenOf } from './cookies.ts';
import { refuseCrossSite } from './csrf.ts';
import type { Field, FieldAsked } from './field.ts';
import { DATA_POLICY, securityHeaders } from './headers.ts';
import { ready } from './health.ts';
import { Refusal, refusalReply } from './refusals.ts';
import { answerRefusalsAlike } from './refused-alike.ts';
import { sizedReply } from './replies.ts';
import { type Route, routes } from './routes.ts';
import type { Screens } from './screens.ts';
import type { Session } from './sessions.ts';
import type { FieldRole } from './users.ts';

export type AppOptions = Readonly<{
  field: Field;
  /** The files of the screens. */
  screens: Screens;
  /** The address of a caller, by which logins are limited. */
  addressOf?: (context: Context) => string;
}>;

/** The host as one Hono application. */
export function createFieldApp({ field, screens, addressOf = () => 'local' }: AppOptions): Hono {
  const hono = new Hono({ strict: true });
  // Its list of types has neither the stream nor photographs.
  hono.use('/api/*', compress({ encoding: 'gzip' }));
  hono.use('/api/*', answerRefusalsAlike);
  hono.use(async (context, next) => {
    await next();
    // Those of a handler stand.
    const { headers } = context.res;
    const all = {
      ...securityHeaders(isSecure(field, context)),
      'content-security-policy': DATA_POLICY,
      vary: 'cookie',
    };
    for (const [name, value] of Object.entries(all)) if (!headers.has(name)) headers.set(name, value);
    // The API of the visits does not know by what its callers differ.
    const isData = context.req.path.startsWith('/api/');
    // A browser keeps no copy of texts: no erasure reaches it, and by its tag it would be shown again.
    const isJson = headers.get('content-type') === 'application/json';
    if (isData && isJson && headers.get('cache-control') !== 'no-store')
      headers.set('cache-control', 'private, no-store');
    if (isData && !/\bcookie\b/.test(headers.get('vary') ?? '')) headers.append('vary', 'cookie');
  });
  hono.onError((error, context) => failed(field, error, context));

  for (const route of routes) {
    hono.on(route.method, `/api${route.path}`, (context) => answered(field, route, context, addressOf(context)));
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    hono.all(`/api${path}`, () => refuse(new Refusal('method-not-allowed', {}, { allow: methodsOf(path) })));
  }
  hono.get('/healthz', (context) => context.text('ok'));
  hono.get('/readyz', () => ready(field));
  hono.all('/api/*', () => refuse(new Refusal('no-such-path')));
  hono.get('*', (context) => screens(context.req.raw));
  hono.notFound(() => refuse(new Refusal('no-such-path')));
  return hono;
}

function refuse(refusal: Refusal): never {
  throw refusal;
}

function methodsOf(path: string): string {
  const methods = routes.filter((route) => route.path === path).map(({ method }) => method);
  return methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
}

const originOf = ({ origin }: Field, { req }: Context) => origin ?? new URL(req.url).origin;

const isSecure = (field: Field, context: Context) => originOf(field, context).startsWith('https:');

const languageOf = (context: Context): Locale => localeOf(context.req.header('accept-language') ?? null);

async function answered(field: Field, route: Route, context: Context, address: string): Promise<Response> {
  const request = context.req.raw;
  refuseCrossSite(request, originOf(field, context));
  const isPublic = route.roles === 'anyone' || route.roles === 'client';
  const session = isPublic ? null : await sessionOf(field, route, context);
  const clientToken = clientTokenOf(request, isSecure(field, context));
  const client = route.roles === 'client' ? await findClient(field, clientToken) : null;
  if (route.roles === 'client' && client === null) throw new Problem('unauthenticated');
  const asked: FieldAsked = {
    request,
    query: new URL(request.url).searchParams,
    param: (name) => context.req.param(name) ?? '',
    path: pathOf(route, context),
    session,
    token: tokenOf(request, isSecure(field, context)),
    client,
    clientToken,
    locale: languageOf(context),
    address,
    isSecure: isSecure(field, context),
  };
  return route.handler(field, asked);
}

/** The session of a person whose route it is, and whose device was not revoked. */
async function sessionOf(field: Field, { roles, handsIn }: Route, context: Context): Promise<Session> {
  const session = await field.sessions.find(tokenOf(context.req.raw, isSecure(field, context)));
  if (session === null) throw new Problem('unauthenticated');
  const { role, actorId: providerId, device } = session;
  if (!isOneOf(roles, role)) throw new Refusal('not-yours');
  if (handsIn === true || handsIn === context.req.method || role !== 'provider') return session;
  if (device === undefined || (await field.devices.isRevoked({ providerId, device })))
    throw new Refusal('device-revoked');
  return session;
}

const isOneOf = (roles: Route['roles'], role: FieldRole) => Array.isArray(roles) && roles.includes(role);

/** The path in the API of the visits, written from what the route read, so that both read the same. */
function pathOf({ path }: Route, { req }: Context): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(req.param(name) ?? ''));
}

function failed(field: Field, error: Error, context: Context): Response {
  const locale = languageOf(context);
  if (error instanceof Refusal) return responseOf(refusalReply(error, locale));
  const problem = problemOf(error);
  if (problem.told.cause !== undefined) field.onFailure(problem.told.cause);
  return responseOf(problemReply(problem, locale));
}

function responseOf(reply: ReturnType<typeof refusalReply>): Response {
  const { status, headers, body } = sizedReply(reply);
  return new Response(body, { status, headers });
}
