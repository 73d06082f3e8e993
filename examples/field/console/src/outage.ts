/** The visits that an outage concerns, and the instruction that each of them gets. */
import type { Instant } from 'auxilio';
import type { CommandReply } from '../../../http/replies.ts';
import { plain } from '../../ui/text.ts';
import { type Draft, isOvertaken, record } from './api.ts';
import type { Contact } from './board.ts';
import type { Row } from './queue.ts';
import type { ConsoleTexts } from './words.ts';

/** A place without service, from a time on; `to` is null while it lasts. A time that is not entered whole is `''`. */
export type OutageAt = Readonly<{ place: string; from: Instant | ''; to: Instant | '' | null }>;

/** A visit that an outage concerns; `isSilent`: its phone has not called since it began. */
export type Concerned = Readonly<{ row: Row; isSilent: boolean }>;

const isUnderWay = ({ phase }: Row) => phase !== 'completed' && phase !== 'closed' && phase !== 'unassigned';

/** True for one whose provider is expected only after the outage. */
const isLater = ({ phase, arriveBy }: Row, to: Instant | null) =>
  to !== null && phase === 'in-transit' && arriveBy !== null && arriveBy > to;

/** The visits of a place that are under way in the period: those with a silent phone first. */
export function concernedBy(
  { place, from, to }: OutageAt,
  rows: Iterable<Row>,
  contacts: ReadonlyMap<string, Contact>,
): readonly Concerned[] {
  const words = plain(place)
    .split(/[\s,]+/)
    .filter(Boolean);
  if (words.length === 0 || from === '' || to === '') return [];
  const found = [...rows].filter((row) => {
    const where = plain(row.place ?? '');
    return isUnderWay(row) && !isLater(row, to) && words.every((word) => where.includes(word));
  });
  return found
    .map((row) => {
      const contact = contacts.get(row.provider?.id ?? '');
      return { row, isSilent: contact === undefined || contact.at < from };
    })
    .sort((one, other) => Number(other.isSilent) - Number(one.isSilent));
}

/** The outcome of an instruction: the version of the visit with it, or why it was not recorded. */
export type Outcome = Readonly<{ version: number } | { problem: string }>;

type Sent = Readonly<{ draft: Draft; commandId: string }>;

/** Instructions that were sent without an answer: sent again, they are the same ones, and are recorded once. */
const unanswered = new Map<string, Sent>();

/** Gives a visit the instruction, if it is as the list shows it; null without an answer. */
export async function instruct(
  { visitId, version }: Row,
  draft: Draft,
  { cannotReach, changedMeanwhile }: ConsoleTexts,
): Promise<Outcome | null> {
  const sent = unanswered.get(visitId) ?? { draft, commandId: crypto.randomUUID() };
  unanswered.set(visitId, sent);
  const answer = await record(sent.draft, visitId, sent.commandId, version);
  if (answer.ok) {
    unanswered.delete(visitId);
    return { version: (answer.value as CommandReply).version };
  }
  if (answer.status === 0 || answer.status >= 500) return null;
  unanswered.delete(visitId);
  if (isOvertaken(answer)) return { problem: changedMeanwhile };
  return { problem: [answer.title || cannotReach, ...answer.details].join(' ') };
}
