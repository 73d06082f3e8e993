/**
 * The canonical text of a JSON value: RFC 8785 (keys sorted by UTF-16 code units, numbers and strings as ECMAScript
 * writes them, no white space). What JSON cannot hold is treated as `JSON.stringify` treats it. Where the RFC would
 * refuse a lone surrogate, its escape is kept.
 *
 * @since 0.1.0
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return Array.isArray(value) ? `[${items(value)}]` : `{${members(value as Readonly<Record<string, unknown>>)}}`;
}

function items(list: readonly unknown[]): string {
  let text = '';
  for (const item of list) text += `${text === '' ? '' : ','}${canonicalJson(item)}`;
  return text;
}

function members(record: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return text;
}
