import { jsonOf } from '../../http/body.ts';
import { bytesOf } from '../../http/fetch.ts';
import { Refusal } from './refusals.ts';

/** The longest time that a body may take, in milliseconds. */
const MAX_MS = 10_000;

/** The JSON object of a request's body, of at most so many bytes. */
export async function bodyOf(request: Request, max: number): Promise<Readonly<Record<string, unknown>>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json(;|$)/i.test(type.trim())) throw new Refusal('bad-request', { at: 'content-type' });
  const bytes = await bytesOf(request, max, MAX_MS);
  if (bytes === null) throw new Refusal('too-large');
  const value = jsonOf(bytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('bad-request', { at: '' });
  return value as Readonly<Record<string, unknown>>;
}
