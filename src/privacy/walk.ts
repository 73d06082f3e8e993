import type { Actor, EventType } from '../messages/index.ts';
import { asRecord, isObject } from '../util/json.ts';
import { actOfCommand } from '../visit/table.ts';
import { type DecisionTree, type FieldDecision, isDecision, isSealed, type SealedField } from './decision.ts';
import { dataDecisions, metadataDecisions } from './fields.ts';

/** A message, or a part of it, whose personal fields are visited. */
type Message = Readonly<{ type: string; data: object }>;

/** The place of a personal value: its path (RFC 6901), and whose it is. */
export type Place = Readonly<{ path: string; subjects: readonly string[] }>;

/** Answers what takes the place of a personal value; `undefined` leaves it out. */
export type Replace = (value: unknown, field: SealedField, place: Place) => unknown;

/** The context of a value: the person who recorded its act. */
type Scope = Readonly<{ recorder: Actor | undefined; replace: Replace }>;

/** The type of an event, or of that which a command becomes. */
export const eventTypeOf = (type: string): string =>
  Object.hasOwn(dataDecisions, type) ? type : (actOfCommand(type as never)?.event ?? type);

const treeOf = (type: string): DecisionTree => {
  const event = eventTypeOf(type);
  return Object.hasOwn(dataDecisions, event) ? dataDecisions[event as EventType] : {};
};

/** The subject of an actor: a person of the staff by their id, the client of the visit without one. */
const subjectOf = (actor: Actor | undefined): string =>
  actor === undefined || actor.role === 'client'
    ? 'client'
    : `${actor.role === 'provider' ? 'provider' : 'operator'}/${actor.id}`;

function findSubjects({ of }: SealedField, parent: object, { recorder }: Scope): readonly string[] {
  const subjects = of.map((holder) => {
    if (holder === 'provider') return `provider/${asRecord(parent).id}`;
    if (holder === 'recorder') return subjectOf(recorder);
    return holder;
  });
  // A text of an instruction is a representative's only if it names one.
  const present = subjects.filter((one) => one !== 'representative' || of.length === 1 || 'representative' in parent);
  return [...new Set(present)].sort();
}

/** Copies the data of a command or an event, with its personal values replaced. */
export function mapData({ type, data }: Message, scope: Scope, path = '/data'): object {
  return mapObject(data, treeOf(type), path, scope);
}

/** Copies the metadata of an event, with its personal values replaced. */
export const mapMetadata = (metadata: object, scope: Scope): object =>
  mapObject(metadata, metadataDecisions, '/metadata', scope);

function mapObject(object: object, tree: DecisionTree, path: string, scope: Scope): object {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    const node = Object.hasOwn(tree, key) ? tree[key] : undefined;
    const at = `${path}/${key}`;
    const mapped =
      node === undefined
        ? value
        : key === 'acts'
          ? mapActs(value, node, at, scope)
          : mapNode(value, node, at, object, scope);
    if (mapped !== undefined) copy[key] = mapped;
  }
  return copy;
}

function mapNode(
  value: unknown,
  node: FieldDecision | DecisionTree,
  path: string,
  parent: object,
  scope: Scope,
): unknown {
  if (Array.isArray(value)) return value.map((item, index) => mapNode(item, node, `${path}/${index}`, parent, scope));
  if (!isDecision(node)) return isObject(value) ? mapObject(value, node, path, scope) : value;
  if (!isSealed(node) || (node.role !== undefined && asRecord(parent).role !== node.role)) return value;
  return scope.replace(value, node, { path, subjects: findSubjects(node, parent, scope) });
}

/** The acts of a report: each with the data of its own type, and the metadata that its command brought. */
function mapActs(acts: unknown, node: FieldDecision | DecisionTree, path: string, scope: Scope): unknown {
  if (!Array.isArray(acts) || isDecision(node)) return acts;
  return acts.map((act: Message, index) => {
    const { by, recordedBy = by } = act.data as { by?: Actor; recordedBy?: Actor };
    const own = { ...scope, recorder: recordedBy };
    const at = `${path}/${index}`;
    return { ...mapObject(act, node, at, own), data: mapData(act, own, `${at}/data`) };
  });
}
