import { type Actor, explain, guide, type Role, type VisitState } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService, isServiceError, MalformedCommandError } from 'auxilio/service';
import { explainIssue, isId } from 'auxilio/wire';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

// An instance ends when it likes: put `postgresStore` in the place of memory.
const service = createService({ store: memoryStore() });

const roles = new Map<unknown, Role>([
  ['operator', 'contact-center'],
  ['provider', 'provider'],
]);
const maySee = (actor: Actor) => (state: VisitState) =>
  actor.role === 'contact-center' || state.provider?.id === actor.id;
const reply = (statusCode: number, body: object): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Behind an HTTP API of API Gateway (payload 2.0), whose JWT authorizer has verified the token. */
export async function handler(event: APIGatewayProxyEventV2WithJWTAuthorizer) {
  const { role: claimed, sub: id } = event.requestContext.authorizer.jwt.claims;
  const role = roles.get(claimed);
  if (role === undefined || !isId(id)) return reply(403, { error: 'no role here' });
  const actor = { role, id };
  try {
    const { routeKey, pathParameters } = event;
    if (routeKey === 'GET /visits/{id}/guide') return reply(200, await guideOf(pathParameters?.id ?? '', actor));
    if (routeKey === 'POST /commands') return await handle(event.body ?? '', actor);
    return reply(404, { error: 'no such path' });
  } catch (error) {
    if (!isServiceError(error)) throw error;
    const issues = error instanceof MalformedCommandError ? error.issues : [];
    return reply(error.errorCode, { error: error.code, reasons: issues.map((one) => explainIssue(one, 'es-CR')) });
  }
}

async function handle(text: string, actor: Actor) {
  const body = JSON.parse(text);
  const command = { ...body, metadata: { ...body.metadata, actor } };
  const result = await service.handle(command, { authorize: maySee(actor) });
  if (!result.ok) return reply(409, { refused: explain(result.rejection, 'es-CR'), ...result.rejection });
  return reply(200, { version: String(result.version), phase: result.state.phase });
}

async function guideOf(visitId: string, actor: Actor) {
  const { state } = await service.load(visitId, { authorize: maySee(actor) });
  return guide(state, { role: actor.role, actorId: actor.id, now: new Date().toISOString() });
}
