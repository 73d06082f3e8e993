import type { EventType } from '../messages/index.ts';
import { eventTypes } from '../visit/table.ts';
import { type DecisionTree, type FieldDecision, isDecision } from './decision.ts';
import { dataDecisions, metadataDecisions } from './fields.ts';

/** A field of an event, and what becomes of it. @since 0.11.0 */
export type PersonalField = Readonly<{
  /** Type of the event; `every` for the metadata, which every event may have. */
  event: EventType | 'every';
  /** Path of the field (RFC 6901), without the positions of lists: `/data/photos/shot`. */
  path: string;
  decision: FieldDecision;
}>;

/**
 * Lists each field of the events that has a text, and those that are personal besides: whose it is, what for, who reads it, what is
 * stored in its place, or why it stays.
 *
 * @since 0.11.0
 */
export function personalFields(): readonly PersonalField[] {
  const ofData = eventTypes.flatMap((event) => listFields(event, '/data', dataDecisions[event]));
  return [...ofData, ...listFields('every', '/metadata', metadataDecisions)];
}

const listFields = (event: PersonalField['event'], path: string, tree: DecisionTree): PersonalField[] =>
  Object.entries(tree).flatMap(([name, node]) => {
    const at = `${path}/${name}`;
    return isDecision(node) ? [{ event, path: at, decision: node }] : listFields(event, at, node);
  });
