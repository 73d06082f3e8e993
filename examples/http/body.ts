import { LIMITS } from 'auxilio/wire';
import type { Call } from './call.ts';
import { Problem, wrong } from './problem.ts';

/** The JSON value of a request's body. Its kind and size are looked at before it is read. */
export async function bodyOf({ header, bytes }: Call, max: number = LIMITS.commandBytes): Promise<unknown> {
  if (!isJson(header('content-type')) || (header('content-encoding') ?? 'identity') !== 'identity') {
    throw new Problem('unsupported-media-type', { headers: { 'accept-post': 'application/json' } });
  }
  if (Number(header('content-length') ?? 0) > max) throw new Problem('too-large');
  const body = await bytes(max);
  if (body === null) throw new Problem('too-large');
  return jsonOf(body);
}

function isJson(contentType: string | null): boolean {
  const [type, ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const charset = parameters.find((parameter) => parameter.trim().startsWith('charset='));
  return type?.trim() === 'application/json' && /^$|=\s*"?utf-?8"?$/.test(charset?.trim() ?? '');
}

/** The JSON value of bytes, each of whose objects has each key once: a parser would keep one of two and lose the other. */
export function jsonOf(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw wrong('body', '', 'invalid-utf-8');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('body', '', 'invalid-json');
  }
  if (hasKeyTwice(text)) throw wrong('body', '', 'duplicate-key');
  return value;
}

/** True if an object in a JSON text has a duplicate key. */
function hasKeyTwice(json: string): boolean {
  const open: (Set<string> | null)[] = [];
  for (const [token, string, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (string === undefined) open.pop();
    else if (colon !== undefined) {
      const keys = open.at(-1);
      const key = JSON.parse(string);
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}
