import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Codec, PersonalMetadata } from 'auxilio/service';
import { jsonSchema } from 'auxilio/wire';

/** The key of each visit; null once it is erased. */
export const keys = new Map<string, Buffer | null>();

function keyOf({ data }: { data: object }, toEncrypt = false): Buffer | null {
  const { visitId } = data as { visitId: string };
  if (toEncrypt && !keys.has(visitId)) keys.set(visitId, randomBytes(32));
  const key = keys.get(visitId);
  if (key === undefined) throw new Error(`No key for ${visitId}`);
  return key;
}

function encrypt(value: object, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

function decrypt(text: string, key: Buffer): object {
  const bytes = Buffer.from(text, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
  return JSON.parse(decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8'));
}

type Schema = { [key: string]: unknown; items?: Schema; properties?: Record<string, Schema>; anyOf?: Schema[] };
const root: Schema = jsonSchema();
const resolve = ($ref: string) =>
  $ref
    .slice(2)
    .split('/')
    .reduce((node, key) => node[key] as Schema, root);

/** Replaces what the schema marks as personal, so that the data stay valid and mean the same to the rules. */
function redact(value: unknown, schema: Schema): unknown {
  const { $ref, ...own } = schema;
  if ($ref === '#/$defs/Instant') return own['x-personal'] === true ? undefined : value; // of an entry: always optional
  if ($ref === '#/$defs/Signature') return undefined; // of an act, always optional
  if (typeof $ref === 'string') return redact(value, { ...resolve($ref), ...own });
  if (own['x-personal'] === true && typeof value === 'string') return 'borrado';
  if (Array.isArray(value)) return value.map((item) => redact(item, schema.items ?? {}));
  if (typeof value !== 'object' || value === null) return value;
  if ('latitude' in value) return undefined; // a position, always optional
  if ('sha256' in value) return { ...value, sha256: '0'.repeat(64) }; // a photograph
  const reported = schema.anyOf?.find(({ properties }) => 'type' in value && properties?.type?.const === value.type);
  const fields = { ...schema.properties, ...reported?.properties };
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, redact(field, fields[name] ?? {})]));
}

type Stored = { visitId: string; left: object; box: string | null };

/** A codec of a host, which encrypts whole data with a key for each visit. */
export const codec: Codec = {
  encode: (event) => {
    const { type, data } = event;
    const [key, left] = [keyOf(event, true), redact(data, resolve(`#/$defs/${type}/properties/data`))];
    return { visitId: data.visitId, left, box: key && encrypt(data, key) };
  },
  decode: (event) => {
    const [key, { left, box }] = [keyOf(event), event.data as Stored];
    return key && box ? decrypt(box, key) : left;
  },
  isErased: (event) => keyOf(event) === null,
  encodeMetadata: (personal, event) => {
    const key = keyOf(event, true);
    return key && encrypt(personal, key);
  },
  decodeMetadata: (box, event): PersonalMetadata => {
    const key = keyOf(event);
    return key && typeof box === 'string' ? decrypt(box, key) : {};
  },
};
