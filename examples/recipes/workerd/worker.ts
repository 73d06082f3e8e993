import { type Actor, explain, guide, type VisitState } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService, isServiceError, MalformedCommandError } from 'auxilio/service';
import { explainIssue } from 'auxilio/wire';

const service = createService({ store: memoryStore() });

/** Your authentication: here the token is the id of its bearer. The recipe `openid` has a real one. */
function authenticate({ headers }: Request): Actor | undefined {
  const id = (headers.get('authorization') ?? '').replace(/^Bearer /, '');
  return id === '' ? undefined : { role: id.startsWith('op-') ? 'contact-center' : 'provider', id };
}

const maySee = (actor: Actor) => (state: VisitState) =>
  actor.role === 'contact-center' || state.provider?.id === actor.id;

async function answer(request: Request, actor: Actor): Promise<Response> {
  const { pathname } = new URL(request.url);
  const authorize = maySee(actor);
  const [, visitId] = /^\/visits\/([^/]+)\/guide$/.exec(pathname) ?? [];
  if (visitId !== undefined) {
    const { state } = await service.load(decodeURIComponent(visitId), { authorize });
    return Response.json(guide(state, { role: actor.role, actorId: actor.id, now: new Date().toISOString() }));
  }
  if (pathname !== '/commands' || request.method !== 'POST')
    return Response.json({ error: 'no such path' }, { status: 404 });
  const body = (await request.json()) as { metadata?: object };
  const command = { ...body, metadata: { ...body.metadata, actor } } as Parameters<typeof service.handle>[0];
  const result = await service.handle(command, { authorize });
  if (result.ok) return Response.json({ version: String(result.version), phase: result.state.phase });
  return Response.json({ refused: explain(result.rejection, 'es-CR'), ...result.rejection }, { status: 409 });
}

export default {
  async fetch(request: Request): Promise<Response> {
    const actor = authenticate(request);
    if (actor === undefined) return Response.json({ error: 'unauthenticated' }, { status: 401 });
    return answer(request, actor).catch((error: unknown) => {
      if (!isServiceError(error)) throw error;
      const issues = error instanceof MalformedCommandError ? error.issues : [];
      const reasons = issues.map((issue) => explainIssue(issue, 'es-CR'));
      return Response.json({ error: error.code, reasons }, { status: error.errorCode });
    });
  },
};
