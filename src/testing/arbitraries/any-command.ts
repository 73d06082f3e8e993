import fc from 'fast-check';
import type { Actor, CommandType } from '../../messages/index.ts';
import { commandTypes } from '../../visit/index.ts';
import { actors, minute, visitId } from '../fixtures.ts';
import { dataOf } from './data.ts';

/** The types to ask for; those that branch off, or end without service, come more often. */
export const types = fc.constantFrom<CommandType>(
  ...commandTypes,
  'GiveInstruction',
  'GiveInstruction',
  'GiveInstruction',
  'GiveInstruction',
  'CloseVisit',
  'CompleteVisit',
  'CompleteVisit',
  'ReportMaterialsRefusal',
  'CoordinateMaterials',
  'CoordinateMaterials',
  'AnnulAct',
  'CorrectTime',
);

const anyActor: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Actor>(actors.provider) },
  { weight: 1, arbitrary: fc.constant<Actor>(actors.otherProvider) },
  { weight: 4, arbitrary: fc.constant<Actor>(actors.operator) },
  { weight: 1, arbitrary: fc.constant<Actor>(actors.client) },
);

/** Anything that the schema allows, by anybody, now and then of another visit. @since 0.2.0 */
export const wild = types.chain((type) =>
  fc.record({
    type: fc.constant(type),
    data: fc
      .tuple(dataOf[type], fc.constantFrom(...Array.from({ length: 20 }, () => visitId), 'visit-2'))
      .map(([data, visit]) => ({ visitId: visit, at: minute(0), ...data })),
    metadata: anyActor.map((actor) => ({ actor })),
  }),
);
