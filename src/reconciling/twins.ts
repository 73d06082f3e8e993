import type { Actor, Instant, VisitCommand, VisitEvent } from '../messages/index.ts';
import { deepEqual } from '../util/equality.ts';
import type { Act } from '../visit/act.ts';
import { defaultPolicy, type Policy } from '../visit/index.ts';
import { actOfCommand, actOfEvent } from '../visit/table.ts';
import type { LogIndex } from './log-index.ts';

/** The events that the contact center recorded for a provider, by their indexes: an act of theirs may be the twin of one. */
export type Candidates = Map<number, VisitEvent>;

/** Finds the events that the contact center recorded for a provider after `basedOn`, and that stand as it recorded them. */
export function twinCandidates({ log, unpaired }: LogIndex, basedOn: number, provider: Actor): Candidates {
  const candidates: Candidates = new Map();
  for (const [index, event] of log.entries()) {
    if (index >= basedOn && isRecordedFor(provider, event) && !unpaired.has(index)) candidates.set(index, event);
  }
  return candidates;
}

/** True if the contact center recorded an event for a provider that the provider may record, too. */
function isRecordedFor(provider: Actor, { type, data: { by, recordedBy } }: VisitEvent): boolean {
  if (recordedBy?.role !== 'contact-center' || by.role !== provider.role || by.id !== provider.id) return false;
  return mayBeTwin(actOfEvent(type));
}

/** True if two records of an act are possible: by the provider, and by the contact center, which takes the call. */
const mayBeTwin = (act: Act | undefined): boolean => act?.by === 'P+' && act.command !== 'EscalateClientImpact';

/** Finds the twin of an act among the candidates, by its index: the one with the least gap, of several the first. */
export function findTwin(candidates: Candidates, command: VisitCommand, policy: Policy): number | undefined {
  const act = actOfCommand(command.type);
  let least = (policy.twinMinutes ?? defaultPolicy.twinMinutes) * 60_000;
  let twin: number | undefined;
  for (const [index, { type, data }] of candidates) {
    if (type !== act.event || !tellsTheSame(command.data, data)) continue;
    const gap = gapBetween(command.data, data);
    if (gap < least || (gap === least && twin === undefined)) [least, twin] = [gap, index];
  }
  return twin;
}

type Fields = { readonly [name: string]: unknown };

const comparedFields = ['issue', 'resolvable', 'exceedsResponseTime', 'kind', 'channel', 'photoIds', 'caseNumber'];

/** True if an event says the same as an act in each of the fields that are compared and that the act has. */
function tellsTheSame(act: Fields, event: Fields): boolean {
  return comparedFields.every((field) => act[field] === undefined || deepEqual(act[field], event[field]));
}

type Timed = { readonly at: Instant; readonly call?: unknown; readonly notice?: unknown };

/** The milliseconds between two records of one fact: of their times, or of their calls or notices, the least. */
function gapBetween(act: Timed, event: Timed): number {
  const gaps = [distance(act, event), distance(act.call, event.call), distance(act.notice, event.notice)];
  return Math.min(...gaps.filter((gap) => !Number.isNaN(gap)));
}

const distance = (one: unknown, other: unknown): number => Math.abs(parseTime(one) - parseTime(other));

const parseTime = (value: unknown): number => Date.parse((value as { readonly at: Instant } | undefined)?.at ?? '');
