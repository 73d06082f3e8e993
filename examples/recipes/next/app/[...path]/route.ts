import { type Actor, explain, guide, type VisitState } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService, isServiceError, MalformedCommandError } from 'auxilio/service';
import { explainIssue } from 'auxilio/wire';

type Context = { params: Promise<{ path: string[] }> };

// Each route is a module of its own: two routes that share visits share a store outside of the process.
const service = createService({ store: memoryStore() });

/** Your authentication: here the token is the id of its bearer. The recipe `openid` has a real one. */
function authenticate({ headers }: Request): Actor | undefined {
  const id = (headers.get('authorization') ?? '').replace(/^Bearer /, '');
  return id === '' ? undefined : { role: id.startsWith('op-') ? 'contact-center' : 'provider', id };
}

const maySee = (actor: Actor) => (state: VisitState) =>
  actor.role === 'contact-center' || state.provider?.id === actor.id;

/** A route of signed-in callers; the errors of the service become answers. */
const route =
  (answer: (request: Request, actor: Actor, path: string[]) => Promise<Response | undefined>) =>
  async (request: Request, { params }: Context): Promise<Response> => {
    const actor = authenticate(request);
    if (actor === undefined) return Response.json({ error: 'unauthenticated' }, { status: 401 });
    try {
      const { path } = await params;
      return (await answer(request, actor, path)) ?? Response.json({ error: 'no such path' }, { status: 404 });
    } catch (error) {
      if (!isServiceError(error)) throw error;
      const issues = error instanceof MalformedCommandError ? error.issues : [];
      const reasons = issues.map((issue) => explainIssue(issue, 'es-CR'));
      return Response.json({ error: error.code, reasons }, { status: error.errorCode });
    }
  };

export const POST = route(async (request, actor, [first]) => {
  if (first !== 'commands') return undefined;
  const body = await request.json();
  const command = { ...body, metadata: { ...body.metadata, actor } };
  const result = await service.handle(command, { authorize: maySee(actor) });
  if (result.ok) return Response.json({ version: String(result.version), phase: result.state.phase });
  return Response.json({ refused: explain(result.rejection, 'es-CR'), ...result.rejection }, { status: 409 });
});

export const GET = route(async (_request, actor, [first, visitId = '', last]) => {
  if (first !== 'visits' || last !== 'guide') return undefined;
  const { state } = await service.load(visitId, { authorize: maySee(actor) });
  return Response.json(guide(state, { role: actor.role, actorId: actor.id, now: new Date().toISOString() }));
});
