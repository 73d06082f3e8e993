import fc from 'fast-check';
import type { VisitEvent } from '../../messages/index.ts';
import { anyEvent } from './events.ts';

/** The ways in which a stored line is damaged. */
const damages: readonly ((line: string, at: number) => string)[] = [
  (line, at) => line.slice(0, at % (line.length + 1)),
  (line, at) => line.slice(0, at % line.length) + line.slice((at % line.length) + 1),
  (line, at) => line.slice(0, at % line.length) + String.fromCharCode(at % 0xd800) + line.slice((at % line.length) + 1),
  (line) => line + line,
  (line) => line.replace('{', '{"__proto__":{"polluted":true},'),
  (line) => line.replace('{', '[').replace(/\}$/, ']'),
  (line) => line.replace(/"at":"[^"]*"/, '"at":"2026-02-30T00:00:00Z"'),
  (line) => line.replace(/"type":"\w+"/, '"type":"constructor"'),
];

/** Any code point but half of a pair. The unit `binary` of fast-check is the same, and lays 82 MiB out when it is made. */
const scalar = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((at) => String.fromCodePoint(at < 0xd800 ? at : at + 0x800));

/**
 * Lines of a log that went wrong: cut, with a character lost, changed or doubled, with keys and values that try to do
 * harm; and texts that never were JSON.
 * @since 0.2.0
 */
export const badLines: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(anyEvent, fc.constantFrom(...damages), fc.nat()).map(damaged) },
  { weight: 1, arbitrary: fc.string({ unit: scalar, maxLength: 200 }) },
  { weight: 1, arbitrary: fc.json() },
);

function damaged([event, damage, at]: [VisitEvent, (line: string, at: number) => string, number]): string {
  return damage(JSON.stringify(event), at);
}
