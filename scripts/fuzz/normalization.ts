const UNFIT = /\p{Cc}|\p{Cs}|\p{Bidi_C}/u;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** True if a value equals the JSON: the same keys and items, texts in NFC, instants in UTC. */
export function isReadAs(json: unknown, value: unknown): boolean {
  if (typeof json === 'string') return typeof value === 'string' && isTextAs(json, value);
  if (typeof json !== 'object' || json === null) return value === json;
  if (typeof value !== 'object' || value === null || Array.isArray(json) !== Array.isArray(value)) return false;
  const keys = Reflect.ownKeys(json);
  const isSameKey = (key: string | symbol) =>
    Object.hasOwn(value, key) && isReadAs(Reflect.get(json, key), Reflect.get(value, key));
  return keys.length === Reflect.ownKeys(value).length && keys.every(isSameKey);
}

function isTextAs(given: string, read: string): boolean {
  if (read === given || read === given.normalize('NFC')) return true;
  return INSTANT.test(read) && Date.parse(read) === Date.parse(given);
}

/** True if every text within is in NFC and free of control characters, bidi marks and lone surrogates. */
export function isNormal(value: unknown): boolean {
  if (typeof value === 'string') return !UNFIT.test(value) && value.normalize('NFC') === value;
  return typeof value !== 'object' || value === null || Object.values(value).every(isNormal);
}
