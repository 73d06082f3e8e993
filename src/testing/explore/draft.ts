import type { VisitDraft } from '../../visit/state.ts';
import { type Leaf, sectionLeaves, topLeaves } from './decode.ts';
import type { Values } from './facts.ts';

/** A state to be edited, each field of which is read from its source when it is first looked at. Fields are named by their paths. */
export type LazyDraft = {
  readonly state: VisitDraft;
  /** The fields that were looked at or written. */
  readonly looked: ReadonlyMap<string, unknown>;
  /** The fields that were written, or looked at and may have been edited in place. */
  readonly touched: ReadonlySet<string>;
};

/** Creates a draft of the state that the values stand for. */
export const draftOf = (values: Values): LazyDraft => draftOver(([, read]) => read(values));

/** Creates a copy of a draft, made field by field as each is looked at; the original stays as it is. */
export const draftFrom = ({ state }: LazyDraft): LazyDraft =>
  draftOver(([name], section) => copyJson(fieldsIn(state, section)[name]));

type Fields = Readonly<Record<string, unknown>>;

/** Reads a field of the state, or of one of its sections. */
type Source = (leaf: Leaf, section: string | null) => unknown;

/** The content of a draft: where it is read from, its fields and its sections as far as they were looked at. */
type Content = {
  readonly source: Source;
  readonly looked: Map<string, unknown>;
  readonly touched: Set<string>;
  readonly sections: Map<string, object>;
};

const content = Symbol('content');

/** The state, or a section of it. */
type Part = { readonly [content]: Content };

const pathOf = (section: string | null, name: string) => (section === null ? name : `${section}.${name}`);

function write({ looked, touched }: Content, path: string, value: unknown): void {
  looked.set(path, value);
  touched.add(path);
}

function lookAt({ source, looked, touched }: Content, path: string, leaf: Leaf, section: string | null): unknown {
  const known = looked.get(path);
  if (known !== undefined || looked.has(path)) return known;
  const value = source(leaf, section);
  looked.set(path, value);
  if (typeof value === 'object' && value !== null) touched.add(path);
  return value;
}

/**
 * The properties of a part, made once, as the same accessors for every draft are many times faster. They are enumerable, and of
 * the part itself, so that rules and effects may list them.
 */
function propertiesOf(leaves: readonly Leaf[], section: string | null): PropertyDescriptorMap {
  const accessors = leaves.map((leaf): [string, PropertyDescriptor & ThisType<Part>] => {
    const [name] = leaf;
    const path = pathOf(section, name);
    return [
      name,
      {
        get() {
          return lookAt(this[content], path, leaf, section);
        },
        set(value) {
          write(this[content], path, value);
        },
        enumerable: true,
      },
    ];
  });
  return Object.fromEntries(accessors);
}

const sectionProperties = sectionLeaves.map(([name, leaves]) => ({ name, properties: propertiesOf(leaves, name) }));

const stateProperties: PropertyDescriptorMap = {
  ...propertiesOf(topLeaves, null),
  ...Object.fromEntries(
    sectionProperties.map(({ name, properties }): [string, PropertyDescriptor & ThisType<Part>] => [
      name,
      {
        get() {
          return sectionOf(this[content], name, properties);
        },
        // A section that is replaced takes over the fields of the other.
        set(other) {
          Object.assign(sectionOf(this[content], name, properties), other);
        },
        enumerable: true,
      },
    ]),
  ),
};

const partOver = (own: Content, properties: PropertyDescriptorMap): object =>
  Object.defineProperties(Object.defineProperty({}, content, { value: own }), properties);

function sectionOf(own: Content, name: string, properties: PropertyDescriptorMap): object {
  const known = own.sections.get(name) ?? partOver(own, properties);
  own.sections.set(name, known);
  return known;
}

function draftOver(source: Source): LazyDraft {
  const own: Content = { source, looked: new Map(), touched: new Set(), sections: new Map() };
  return { state: partOver(own, stateProperties) as VisitDraft, looked: own.looked, touched: own.touched };
}

const fieldsIn = (state: VisitDraft, section: string | null): Fields =>
  (section === null ? state : (state as unknown as Fields)[section]) as Fields;

function copyJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copyJson(item)]));
}

/** A field of two states, by its path. */
export type FieldPair = { readonly path: string; readonly one: unknown; readonly other: unknown };

const fields = [
  ...topLeaves.map(([name]) => ({ section: null, name })),
  ...sectionLeaves.flatMap(([section, leaves]) => leaves.map(([name]) => ({ section, name }))),
].map(({ section, name }) => ({ section, name, path: pathOf(section, name) }));

/**
 * The fields of two drafts that may differ: those that were looked at or edited in either, or in a draft that either is
 * a copy of. Both go back to one state.
 */
export function touchedFields(one: LazyDraft, other: LazyDraft, originals: readonly LazyDraft[]): FieldPair[] {
  const drafts = [one, other, ...originals];
  return fields
    .filter(({ path }) => drafts.some(({ looked }) => looked.has(path)))
    .map(({ section, name, path }) => ({
      path,
      one: fieldsIn(one.state, section)[name],
      other: fieldsIn(other.state, section)[name],
    }));
}
