import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Call, Reply } from '../http/call.ts';

type JwtEvent = APIGatewayProxyEventV2WithJWTAuthorizer;
type JwtAuthorizer = JwtEvent['requestContext']['authorizer'];

/**
 * The event of API Gateway: `authorizer` is missing if the route has none, and has no `jwt` if it is of another kind. Emulators and
 * test consoles send `null` for headers and bodies.
 */
export type HttpEvent = Omit<JwtEvent, 'requestContext' | 'headers' | 'body'> & {
  headers?: JwtEvent['headers'] | null;
  body?: string | null;
  requestContext: Omit<JwtEvent['requestContext'], 'authorizer'> & { authorizer?: Partial<JwtAuthorizer> };
};

/** The application behind an HTTP API of API Gateway (payload 2.0), whose JWT authorizer has verified the token. */
export function httpHandler(app: (call: Call) => Promise<Reply>) {
  return async (event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> => {
    const headers = new Map(Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    const { status, body, ...reply } = await app({
      method: event.requestContext.http.method,
      path: pathOf(event),
      query: new URLSearchParams(event.rawQueryString),
      header: (name) => headers.get(name) ?? null,
      bytes: async (max) => bytesOf(event, max),
      claims: async () => event.requestContext.authorizer?.jwt?.claims ?? null,
    });
    return { statusCode: status, headers: { ...reply.headers }, body: typeof body === 'string' ? body : '' };
  };
}

/** A stage that has a name stands before the path. */
function pathOf({ rawPath, requestContext: { stage } }: HttpEvent): string {
  return rawPath.startsWith(`/${stage}/`) ? rawPath.slice(stage.length + 1) : rawPath;
}

function bytesOf({ body, isBase64Encoded }: HttpEvent, max: number): Uint8Array | null {
  const text = body ?? '';
  if (text.length > max * 2) return null;
  const bytes = Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8');
  return bytes.byteLength > max ? null : bytes;
}
