import { isWrittenAsIs } from './canonical.ts';

/*
 * A name is kept as JSON writes it between its quotes: plain ones as they are, and those that SQLite's text cannot hold (a
 * lone surrogate) or that its tools cut short (U+0000) escaped, no two of them alike.
 */

export function encodeName(name: string): string {
  return isWrittenAsIs(name) ? name : JSON.stringify(name).slice(1, -1);
}

export function decodeName(name: string): string {
  return name.includes('\\') ? (JSON.parse(`"${name}"`) as string) : name;
}
