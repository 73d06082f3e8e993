import type { EventType, Role } from '../../messages/index.ts';
import type { Author as ActAuthor } from '../../visit/act.ts';
import { defaultPolicy } from '../../visit/index.ts';
import { actOfEvent } from '../../visit/table.ts';
import type { Manner } from './cell.ts';
import type { ActMapping, ActorMapping, SheetMapping, ValueSource } from './mapping.ts';
import { listColumns } from './source.ts';
import { caseFold, normalizeSpace, wordMap } from './word-map.ts';

/** A mapping as the reading of a row needs it. */
export type Plan = Manner & {
  readonly mapping: SheetMapping;
  readonly blank: ReadonlySet<string>;
  readonly skip: readonly { readonly column: string; readonly words: ReadonlySet<string> }[];
  /** By the word of the act; null: a row to be skipped. */
  readonly acts: ReadonlyMap<string, ActPlan | null>;
  /** All that the mapping reads. */
  readonly columns: readonly string[];
};

/** The event to be made of a row that names this act. */
export type ActPlan = {
  readonly type: EventType;
  /** The role whose act it is. */
  readonly role: Role;
  readonly fields: readonly { readonly path: readonly string[]; readonly source: ValueSource }[];
  readonly by: ActorMapping;
  readonly recordedBy: ActorMapping | undefined;
};

const dayTime = (source: ValueSource): ValueSource => ('column' in source ? { as: 'time', ...source } : source);

/** The plan of a mapping that was validated. */
export function planMapping(mapping: SheetMapping): Plan {
  const { dates = 'dmy', decimal = '.', zone = defaultPolicy.timeZone, blank = [], skip = [] } = mapping;
  const acts = new Map(
    [...wordMap(mapping.act.words)].map(([word, act]) => [word, act === null ? null : actPlan(act, mapping)]),
  );
  return {
    mapping: { ...mapping, at: dayTime(mapping.at) },
    dates,
    decimal,
    zone,
    blank: new Set(blank.map(normalizeSpace)),
    skip: skip.map(({ column, words }) => ({ column, words: new Set(words.map(caseFold)) })),
    acts,
    columns: collectColumns(mapping, [...acts.values()]),
  };
}

function actPlan(act: EventType | ActMapping, mapping: SheetMapping): ActPlan {
  const { type, data = {}, by, recordedBy } = typeof act === 'string' ? ({ type: act } as ActMapping) : act;
  return {
    type,
    role: ownRole[actOfEvent(type)?.by ?? 'P'],
    fields: Object.entries(data).map(([path, source]) => ({ path: path.split('.'), source })),
    by: by ?? mapping.by,
    recordedBy: recordedBy ?? mapping.recordedBy,
  };
}

/** The role whose act it is, where the sheet does not say who recorded it. */
const ownRole: Readonly<Record<ActAuthor, Role>> = {
  P: 'provider',
  'P+': 'provider',
  C: 'contact-center',
  K: 'client',
  'P or C': 'provider',
  'C or K': 'contact-center',
  'P or K': 'provider',
  'K alone': 'client',
};

function collectColumns(
  { visitId, at, act, skip = [] }: SheetMapping,
  acts: readonly (ActPlan | null)[],
): readonly string[] {
  const inActs = acts.flatMap((plan) => {
    if (plan === null) return [];
    const authors = [plan.by, ...(plan.recordedBy === undefined ? [] : [plan.recordedBy])];
    return [...plan.fields.map(({ source }) => source), ...authors.flatMap(listSources)];
  });
  const columns = [visitId, at, ...inActs].flatMap(listColumns);
  return [...new Set([act.column, ...skip.map(({ column }) => column), ...columns])];
}

function listSources({ role, id }: ActorMapping): readonly ValueSource[] {
  const ids = isSource(id) ? [id] : Object.values(id);
  return role === undefined ? ids : [role, ...ids];
}

export const isSource = (id: ActorMapping['id']): id is ValueSource =>
  'column' in id || 'value' in id || 'rowTime' in id;
