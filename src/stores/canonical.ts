/**
 * The canonical text of a JSON value: RFC 8785 (keys sorted by UTF-16 code units, numbers and strings as ECMAScript
 * writes them, no white space). What JSON cannot hold is treated as `JSON.stringify` treats it. Where the RFC would
 * refuse a lone surrogate, its escape is kept.
 *
 * @since 0.1.0
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const record = value as Record<string, unknown>;
  const members = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key])}`);
  return `{${members.join(',')}}`;
}
