import { jsonOf } from '../../http/body.ts';
import { Refusal } from './refusals.ts';

/** The JSON object of a request's body, of at most so many bytes. */
export async function bodyOf(request: Request, max: number): Promise<Readonly<Record<string, unknown>>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json(;|$)/i.test(type.trim())) throw new Refusal('bad-request', { at: 'content-type' });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    size += chunk.byteLength;
    if (size > max) throw new Refusal('too-large');
    chunks.push(chunk);
  }
  const value = jsonOf(new Uint8Array(await new Blob(chunks).arrayBuffer()));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('bad-request', { at: '' });
  return value as Readonly<Record<string, unknown>>;
}
