import { type Actor, explain, guide, type VisitCommand, type VisitState } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService, isServiceError, MalformedCommandError } from 'auxilio/service';
import { explainIssue } from 'auxilio/wire';
import fastify from 'fastify';

const service = createService({ store: memoryStore() });

/** Your authentication: here the token is the id of its bearer. The recipe `openid` has a real one. */
function authenticate(header = ''): Actor {
  const id = header.replace(/^Bearer /, '');
  return { role: id.startsWith('op-') ? 'contact-center' : 'provider', id };
}

const maySee = (actor: Actor) => (state: VisitState) =>
  actor.role === 'contact-center' || state.provider?.id === actor.id;

export const app = fastify({ bodyLimit: 65_536 });

app.addHook('onRequest', async ({ headers }, reply) => {
  if (authenticate(headers.authorization).id === '') return reply.code(401).send({ error: 'unauthenticated' });
});

// The service parses the command itself; who acts comes from the token, whatever the body says.
app.post<{ Body: VisitCommand | undefined }>('/commands', async ({ headers, body }, reply) => {
  const actor = authenticate(headers.authorization);
  const command = { ...body, metadata: { ...body?.metadata, actor } } as VisitCommand;
  const result = await service.handle(command, { authorize: maySee(actor) });
  if (result.ok) return { version: String(result.version), phase: result.state.phase };
  return reply.code(409).send({ refused: explain(result.rejection, 'es-CR'), ...result.rejection });
});

app.get<{ Params: { id: string } }>('/visits/:id/guide', async ({ headers, params }) => {
  const actor = authenticate(headers.authorization);
  const { state } = await service.load(params.id, { authorize: maySee(actor) });
  return guide(state, { role: actor.role, actorId: actor.id, now: new Date().toISOString() });
});

app.setErrorHandler((error, _request, reply) => {
  if (!isServiceError(error)) throw error;
  const issues = error instanceof MalformedCommandError ? error.issues : [];
  const reasons = issues.map((issue) => explainIssue(issue, 'es-CR'));
  return reply.code(error.errorCode).send({ error: error.code, reasons });
});
