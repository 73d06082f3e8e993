import type {
  Client,
  Contact,
  FactWord,
  Material,
  Mismatch,
  Photo,
  Position,
  Provider,
  Representative,
  SuppliedItem,
  Test,
} from '../messages/index.ts';
import { id, line, maybe, name, pastTime, type ShapesOf, sentences, yesNo } from './shape.ts';

const title = { kind: 'choice', of: 'title', optional: true } as const;
const quantity = { kind: 'quantity' } as const;

/** The parts of data that acts share. */
export const parts = {
  client: { name, title } satisfies ShapesOf<Client>,
  provider: { id, name, title } satisfies ShapesOf<Provider>,
  representative: { name } satisfies ShapesOf<Representative>,
  contact: { at: pastTime, reference: maybe(line), operatorId: maybe(id) } satisfies ShapesOf<Contact>,
  material: {
    item: line,
    quantity,
    unit: maybe(line),
    kind: maybe(line),
    quality: maybe(line),
  } satisfies ShapesOf<Material>,
  supplied: { item: line, quantity, unit: maybe(line) } satisfies ShapesOf<SuppliedItem>,
  mismatch: {
    item: line,
    reasons: { kind: 'choices', of: 'mismatch', others: 'read', optional: true, clauses: ['1.1-35'] },
    note: maybe(sentences),
  } satisfies ShapesOf<Mismatch>,
  test: { name: line, passed: yesNo } satisfies ShapesOf<Test>,
  word: {
    fact: { kind: 'choice', of: 'fact' },
    recorded: pastTime,
    agrees: yesNo,
    what: maybe(sentences),
  } satisfies ShapesOf<FactWord>,
  photo: {
    photoId: id,
    sha256: { kind: 'sha256' },
    takenAt: pastTime,
    mediaType: maybe(line),
    shot: maybe(line),
  } satisfies ShapesOf<Photo>,
} as const;

/** The numbers of a position, each with its range. */
export const position: { readonly [K in keyof Position]-?: readonly [min: number, max: number] } = {
  latitude: [-90, 90],
  longitude: [-180, 180],
  accuracyMeters: [0, 40_000_000],
};
