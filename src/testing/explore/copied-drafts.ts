import type { VisitDraft } from '../../visit/state.ts';
import { type Leaf, sectionLeaves, topLeaves } from './decode.ts';
import type { Values } from './facts.ts';

type Fields = Record<string, unknown>;

/** The source of the fields of a draft. */
type Read = (section: string | null, leaf: Leaf) => unknown;

/** The fields of a part, each read when it is first looked at and kept from then on. */
type Part = { readonly read: Read; readonly kept: Fields };

/** The accessors of the fields of a part, made once: a draft is a few objects over them. */
function accessorsOf(section: string | null, leaves: readonly Leaf[]): object {
  const accessors = {};
  for (const leaf of leaves) {
    const [name] = leaf;
    Object.defineProperty(accessors, name, {
      get(this: Part) {
        if (!Object.hasOwn(this.kept, name)) this.kept[name] = copyJson(this.read(section, leaf));
        return this.kept[name];
      },
      set(this: Part, value: unknown) {
        this.kept[name] = value;
      },
    });
  }
  return accessors;
}

const partOver = (accessors: object, read: Read, kept: Fields = {}): Part & Fields =>
  Object.assign(Object.create(accessors), { read, kept });

const sections = sectionLeaves.map(([name, leaves]) => ({ name, accessors: accessorsOf(name, leaves) }));

/** A part that an effect replaces whole is kept as one of which every field was written. */
const topAccessors = sections.reduce(
  (top, { name, accessors }) =>
    Object.defineProperty(top, name, {
      get(this: Part) {
        this.kept[name] ??= partOver(accessors, this.read);
        return this.kept[name];
      },
      set(this: Part, value: Fields) {
        this.kept[name] = partOver(accessors, this.read, { ...value });
      },
    }),
  accessorsOf(null, topLeaves),
);

const drafted = (read: Read) => partOver(topAccessors, read) as unknown as VisitDraft;

/** The state that stands for some values; a field is read from them, once, when it is first looked at. It may be edited. */
export function baseDraft(values: Values): VisitDraft {
  return drafted((_, [, read]) => read(values));
}

/** A copy of a draft, made field by field as each is looked at; the original stays as it is. It may be edited. */
export function draftFrom(original: VisitDraft): VisitDraft {
  return drafted((section, [name]) => partOf(original, section)[name]);
}

function copyJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copyJson(item)]));
}

/** A field of two states, by its path. */
export type FieldPair = { readonly path: string; readonly one: unknown; readonly other: unknown };

const fields = [
  ...topLeaves.map(([name]) => ({ section: null, name, path: name })),
  ...sectionLeaves.flatMap(([section, leaves]) =>
    leaves.map(([name]) => ({ section, name, path: `${section}.${name}` })),
  ),
];

/**
 * The fields of two drafts that may differ: those that were looked at or edited in either, or in a draft that either is
 * a copy of. Both go back to one state.
 */
export function touchedFields(one: VisitDraft, other: VisitDraft, originals: readonly VisitDraft[]): FieldPair[] {
  const drafts = [one, other, ...originals];
  return fields
    .filter(({ section, name }) => drafts.some((draft) => Object.hasOwn(partOf(draft, section).kept, name)))
    .map(({ section, name, path }) => ({
      path,
      one: partOf(one, section)[name],
      other: partOf(other, section)[name],
    }));
}

function partOf(draft: VisitDraft, section: string | null): Part & Fields {
  const top = draft as unknown as Part & Fields;
  return section === null ? top : (top[section] as Part & Fields);
}
