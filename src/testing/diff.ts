/** Lists the differences of two JSON values, one a line: the path, the expected and the actual value. Empty if they are equal. */
export function differences(expected: unknown, actual: unknown, path = ''): readonly string[] {
  if (Object.is(expected, actual)) return [];
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const longer = expected.length > actual.length ? expected : actual;
    return [...longer.keys()].flatMap((index) => differencesAt(expected, actual, index, `${path}[${index}]`));
  }
  if (isRecord(expected) && isRecord(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    return keys.flatMap((key) => differencesAt(expected, actual, key, path === '' ? key : `${path}.${key}`));
  }
  return [`${path === '' ? 'the value' : path}: expected ${shown(expected)}, got ${shown(actual)}`];
}

function differencesAt(expected: object, actual: object, key: string | number, path: string): readonly string[] {
  const [wanted, found] = [Reflect.get(expected, key), Reflect.get(actual, key)];
  if (!Object.hasOwn(actual, key)) return [`${path}: expected ${shown(wanted)}, got nothing`];
  if (!Object.hasOwn(expected, key)) return [`${path}: expected nothing, got ${shown(found)}`];
  return differences(wanted, found, path);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Date) return `a Date, ${String(value)}`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  const text = JSON.stringify(value, bigintsAsText) ?? String(value);
  const length = typeof value === 'string' ? ` (${value.length} characters)` : '';
  return text.length > 120 ? `${text.slice(0, 117)}...${length}` : text;
}

const bigintsAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);
