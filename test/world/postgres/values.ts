/** The values of parameters, as the driver sends them and the server reads them. */
import { ServerError } from './io.ts';

const LARGEST = 2n ** 63n - 1n;

/** A bigint, or null. */
export function big(value: unknown): bigint | null {
  if (value === null || value === undefined) return null;
  const text = String(value);
  if (!/^-?\d+$/.test(text)) throw new ServerError('22P02', `invalid input syntax for type bigint: "${text}"`);
  const number = BigInt(text);
  if (number > LARGEST || number < -LARGEST - 1n) {
    throw new ServerError('22003', `value "${text}" is out of range for type bigint`);
  }
  return number;
}

export function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value);
  if (text.includes('\0')) throw new ServerError('22021', 'invalid byte sequence for encoding "UTF8": 0x00');
  return text;
}

/** A list of texts, as which the driver sends any list. */
export function texts(value: unknown): readonly (string | null)[] {
  if (value === '{}') return [];
  if (!Array.isArray(value)) throw new ServerError('22P02', `malformed array literal: "${String(value)}"`);
  return value.map(toText);
}

/** The numbers of a row as texts, as the statements of the store ask for them. */
export const shown = <R extends object>(row: R): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]),
  );
