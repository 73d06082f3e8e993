import type { VisitDraft, VisitState } from '../../visit/state.ts';
import { type Field, fields, partOf } from './decode.ts';
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
export const createDraft = (values: Values): LazyDraft => draftOver(({ read }) => read(values));

/** Creates a copy of a draft, made field by field as each is looked at; the original stays as it is. */
export const copyDraft = ({ state }: LazyDraft): LazyDraft => draftOver((field) => copyJson(valueIn(state, field)));

/** The state that the values stand for, not to be edited. */
export const viewState = (values: Values): VisitState => createDraft(values).state as VisitState;

/** The content of a draft, which its state and the sections of it share. */
type Content = {
  readonly source: (field: Field) => unknown;
  readonly looked: Map<string, unknown>;
  readonly touched: Set<string>;
  /** The sections that were looked at. */
  readonly sections: Map<string, object>;
};

function draftOver(source: Content['source']): LazyDraft {
  const own: Content = { source, looked: new Map(), touched: new Set(), sections: new Map() };
  return { state: partOver(own, stateProperties) as VisitDraft, looked: own.looked, touched: own.touched };
}

function lookAt({ source, looked, touched }: Content, field: Field): unknown {
  const { path } = field;
  const known = looked.get(path);
  if (known !== undefined || looked.has(path)) return known;
  const value = source(field);
  looked.set(path, value);
  if (typeof value === 'object' && value !== null) touched.add(path);
  return value;
}

function write({ looked, touched }: Content, { path }: Field, value: unknown): void {
  looked.set(path, value);
  touched.add(path);
}

const content = Symbol('content');

/** The state, or a section of it. */
type Part = { readonly [content]: Content };
type Property = PropertyDescriptor & ThisType<Part>;

/*
 * The properties are made once, as the same accessors for every draft are many times faster. They are enumerable, and of the part
 * itself, so that rules and effects may list them.
 */
const partOver = (own: Content, properties: PropertyDescriptorMap): object =>
  Object.defineProperties(Object.defineProperty({}, content, { value: own }), properties);

const fieldProperty = (field: Field): Property => ({
  get() {
    return lookAt(this[content], field);
  },
  set(value) {
    write(this[content], field, value);
  },
  enumerable: true,
});

const defineFields = (section: string | null): PropertyDescriptorMap =>
  Object.fromEntries(
    fields.filter((field) => field.section === section).map((field) => [field.name, fieldProperty(field)]),
  );

function sectionProperty(name: string): Property {
  const properties = defineFields(name);
  const sectionIn = (own: Content): object => {
    const section = own.sections.get(name) ?? partOver(own, properties);
    own.sections.set(name, section);
    return section;
  };
  return {
    get() {
      return sectionIn(this[content]);
    },
    // A section that is replaced takes over the fields of the other.
    set(other) {
      Object.assign(sectionIn(this[content]), other);
    },
    enumerable: true,
  };
}

const sectionNames = new Set(fields.flatMap(({ section }) => section ?? []));

const stateProperties: PropertyDescriptorMap = {
  ...defineFields(null),
  ...Object.fromEntries([...sectionNames].map((name) => [name, sectionProperty(name)])),
};

const valueIn = (state: VisitDraft, field: Field): unknown => partOf(state, field)[field.name];

function copyJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copyJson(item)]));
}

/** A field of two states, by its path. */
export type FieldPair = { readonly path: string; readonly one: unknown; readonly other: unknown };

/**
 * The fields of two drafts that may differ: those that were looked at or edited in either, or in a draft that either is
 * a copy of. Both go back to one state.
 */
export function touchedFields(one: LazyDraft, other: LazyDraft, originals: readonly LazyDraft[]): FieldPair[] {
  const drafts = [one, other, ...originals];
  return fields
    .filter(({ path }) => drafts.some(({ looked }) => looked.has(path)))
    .map((field) => ({ path: field.path, one: valueIn(one.state, field), other: valueIn(other.state, field) }));
}
