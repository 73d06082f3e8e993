import { sValidator } from '@hono/standard-validator';
import { type Actor, explain, guide, type VisitState } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService, isServiceError } from 'auxilio/service';
import { parseCommand } from 'auxilio/wire';
import { Hono } from 'hono';

const service = createService({ store: memoryStore() });

/** Your authentication: here the token is the id of its bearer. The recipe `openid` has a real one. */
function authenticate(header = ''): Actor | undefined {
  const id = header.replace(/^Bearer /, '');
  if (id === '') return undefined;
  return { role: id.startsWith('op-') ? 'contact-center' : 'provider', id };
}

const maySee = (actor: Actor) => (state: VisitState) =>
  actor.role === 'contact-center' || state.provider?.id === actor.id;

// A parser is a Standard Schema: the type of the command is inferred. Without a hook, Hono answers with what was sent.
const validCommand = sValidator('json', parseCommand, (result, c) => {
  if (!result.success) return c.json({ issues: result.error }, 400);
});

export const app = new Hono<{ Variables: { actor: Actor } }>()
  .use(async (c, next) => {
    const actor = authenticate(c.req.header('authorization'));
    if (actor === undefined) return c.json({ error: 'unauthenticated' }, 401);
    c.set('actor', actor);
    return next();
  })
  .post('/commands', validCommand, async (c) => {
    const actor = c.get('actor');
    const command = c.req.valid('json');
    const asSender = { ...command, metadata: { ...command.metadata, actor } };
    const result = await service.handle(asSender, { authorize: maySee(actor) });
    if (!result.ok) return c.json({ refused: explain(result.rejection, 'es-CR'), ...result.rejection }, 409);
    return c.json({ version: String(result.version), phase: result.state.phase });
  })
  .get('/visits/:id/guide', async (c) => {
    const actor = c.get('actor');
    const { state } = await service.load(c.req.param('id'), { authorize: maySee(actor) });
    return c.json(guide(state, { role: actor.role, actorId: actor.id, now: new Date().toISOString() }));
  })
  .onError((error) => {
    if (!isServiceError(error)) throw error;
    return Response.json({ error: error.code }, { status: error.errorCode });
  });
