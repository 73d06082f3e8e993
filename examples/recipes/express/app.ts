import { type Actor, explain, guide, type VisitState } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService, isServiceError, MalformedCommandError } from 'auxilio/service';
import { explainIssue } from 'auxilio/wire';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';

const service = createService({ store: memoryStore() });

/** Your authentication: here the token is the id of its bearer. The recipe `openid` has a real one. */
const authenticate: RequestHandler = ({ headers }, response, next) => {
  const id = (headers.authorization ?? '').replace(/^Bearer /, '');
  const role = id.startsWith('op-') ? 'contact-center' : 'provider';
  response.locals.actor = { role, id } satisfies Actor;
  if (id === '') response.status(401).json({ error: 'unauthenticated' });
  else next();
};

const maySee = (actor: Actor) => (state: VisitState) =>
  actor.role === 'contact-center' || state.provider?.id === actor.id;

const failed: ErrorRequestHandler = (error, _request, response, next) => {
  if (!isServiceError(error)) return next(error);
  const issues = error instanceof MalformedCommandError ? error.issues : [];
  const reasons = issues.map((issue) => explainIssue(issue, 'es-CR'));
  response.status(error.errorCode).json({ error: error.code, reasons });
};

export const app = express()
  .use(express.json({ limit: '64kb' }), authenticate)
  // The service parses the command itself; who acts comes from the token, whatever the body says.
  .post('/commands', async ({ body }, response) => {
    const { actor } = response.locals;
    const command = { ...body, metadata: { ...body?.metadata, actor } };
    const result = await service.handle(command, { authorize: maySee(actor) });
    if (result.ok) response.json({ version: String(result.version), phase: result.state.phase });
    else response.status(409).json({ refused: explain(result.rejection, 'es-CR'), ...result.rejection });
  })
  .get('/visits/:id/guide', async ({ params }, response) => {
    const { actor } = response.locals;
    const { state } = await service.load(params.id, { authorize: maySee(actor) });
    response.json(guide(state, { role: actor.role, actorId: actor.id, now: new Date().toISOString() }));
  })
  .use(failed);
