import { randomUUID } from 'node:crypto';
import { type Actor, explain, guide, type VisitState } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService, isServiceError } from 'auxilio/service';
import { isId } from 'auxilio/wire';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import * as openid from 'openid-client';

const service = createService({ store: memoryStore() });
const maySee = (actor: Actor) => (state: VisitState) =>
  actor.role === 'contact-center' || state.provider?.id === actor.id;

const roles = new Map<unknown, Actor['role']>([
  ['operator', 'contact-center'],
  ['provider', 'provider'],
]);

/** The actor of a verified ID token: the role from its claim `role`, the id from `sub`. */
function actorOf({ sub, role }: openid.IDToken): Actor | undefined {
  const known = roles.get(role);
  return known !== undefined && isId(sub) ? { role: known, id: sub } : undefined;
}

/** An application whose people log in at an identity provider; its sessions are in memory. */
export function createApp(config: openid.Configuration, url: string) {
  const sessions = new Map<string, Actor>();
  const logins = new Map<string, string>();
  const cookie = { httpOnly: true, sameSite: 'Lax', secure: url.startsWith('https:'), path: '/' } as const;

  return new Hono<{ Variables: { actor: Actor } }>()
    .get('/login', async (c) => {
      const verifier = openid.randomPKCECodeVerifier();
      const state = openid.randomState();
      logins.set(state, verifier);
      setCookie(c, 'login', state, { ...cookie, maxAge: 600 });
      const challenge = await openid.calculatePKCECodeChallenge(verifier);
      const asked = { redirect_uri: `${url}/callback`, scope: 'openid', state, code_challenge: challenge };
      return c.redirect(openid.buildAuthorizationUrl(config, { ...asked, code_challenge_method: 'S256' }).href);
    })
    .get('/callback', async (c) => {
      const state = getCookie(c, 'login') ?? '';
      const verifier = logins.get(state);
      logins.delete(state);
      if (verifier === undefined) return c.json({ error: 'begin again at /login' }, 400);
      const checks = { pkceCodeVerifier: verifier, expectedState: state, idTokenExpected: true };
      const tokens = await openid.authorizationCodeGrant(
        config,
        new URL(c.req.url.replace(/^.*?\/callback/, `${url}/callback`)),
        checks,
      );
      const actor = actorOf(tokens.claims() as openid.IDToken);
      if (actor === undefined) return c.json({ error: 'no role here' }, 403);
      const session = randomUUID();
      sessions.set(session, actor);
      setCookie(c, 'session', session, cookie);
      return c.json(actor);
    })
    .use(async (c, next) => {
      const actor = sessions.get(getCookie(c, 'session') ?? '');
      if (actor === undefined) return c.json({ error: 'log in at /login' }, 401);
      c.set('actor', actor);
      return next();
    })
    .post('/commands', async (c) => {
      const actor = c.get('actor');
      const body = await c.req.json();
      const command = { ...body, metadata: { ...body.metadata, actor } };
      const result = await service.handle(command, { authorize: maySee(actor) });
      if (!result.ok) return c.json({ refused: explain(result.rejection, 'es-CR') }, 409);
      return c.json({ version: String(result.version), phase: result.state.phase });
    })
    .get('/visits/:id/guide', async (c) => {
      const actor = c.get('actor');
      const { state } = await service.load(c.req.param('id'), { authorize: maySee(actor) });
      return c.json(guide(state, { role: actor.role, actorId: actor.id }));
    })
    .onError((error) => {
      if (!isServiceError(error)) throw error;
      return Response.json(error, { status: error.errorCode });
    });
}
