import fc from 'fast-check';
import type { Actor, CommandType, VisitEvent } from '../../messages/index.ts';
import { commandTypes } from '../../visit/index.ts';
import { acts } from '../../visit/table.ts';
import { actors, minute, visitId } from '../fixtures.ts';
import { dataOf, makeDerived } from './data.ts';

/** The types to ask for; those that branch off, or end without service, come more often. */
export const types = fc.constantFrom<CommandType>(
  ...commandTypes,
  ...Array<CommandType>(4).fill('GiveInstruction'),
  ...(['CloseVisit', 'CompleteVisit', 'CompleteVisit', 'ReportMaterialsRefusal'] as const),
  ...(['CoordinateMaterials', 'CoordinateMaterials', 'AnnulAct', 'CorrectTime'] as const),
);

const anyActor: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Actor>(actors.provider) },
  { weight: 1, arbitrary: fc.constant<Actor>(actors.otherProvider) },
  { weight: 4, arbitrary: fc.constant<Actor>(actors.operator) },
  { weight: 1, arbitrary: fc.constant<Actor>(actors.client) },
);

/** Anything that the schema allows, by anybody, now and then of another visit. @since 0.2.0 */
export const anyCommand = types.chain((type) =>
  fc.record({
    type: fc.constant(type),
    data: fc
      .tuple(dataOf[type], fc.constantFrom(...Array.from({ length: 20 }, () => visitId), 'visit-2'))
      .map(([data, visit]) => ({ visitId: visit, at: minute(0), ...data })),
    metadata: anyActor.map((actor) => ({ actor })),
  }),
);

const anyAuthor = fc.constantFrom<Actor>(actors.provider, actors.otherProvider, actors.operator, actors.client);

/** Any event that the schema allows, lawful or not, of the visit of the arbitraries or now and then of another. @since 0.2.0 */
export const anyEvent: fc.Arbitrary<VisitEvent> = fc.constantFrom(...acts).chain((act) =>
  fc
    .record({
      common: fc.record({
        visitId: fc.constantFrom(visitId, visitId, visitId, 'visit-2'),
        at: fc.nat(200).map(minute),
      }),
      own: dataOf[act.command],
      by: anyAuthor,
      recordedBy: fc.option(anyAuthor, { nil: undefined, freq: 4 }),
      extra: makeDerived(act.event),
    })
    .map(({ common, own, by, recordedBy, extra }) => {
      const recorder = recordedBy === undefined ? {} : { recordedBy };
      return { type: act.event, data: { ...common, ...own, by, ...recorder, ...extra } } as VisitEvent;
    }),
);

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
