import { mustBe, mustKnowKeys } from '../kernel/known.ts';
import type { Actor, EventType, Id, Instant, VisitEvent } from '../messages/index.ts';
import { stripStoreMetadata } from '../service/shared/stream.ts';
import type { EventStreams } from '../stores/event-store.ts';
import { deepEqual } from '../util/equality.ts';
import { asRecord } from '../util/json.ts';
import { currentInstant } from '../util/runtime.ts';
import type { Purpose, Reader } from './decision.ts';
import type { DataSubject, Erasure } from './erasures.ts';
import type { SubjectNote } from './notes.ts';
import type { FoundSubject } from './persons.ts';
import type { Privacy } from './privacy.ts';
import { parseGroup, sealedGroups, textsIn } from './sealed-texts.ts';
import { isToken } from './token.ts';
import { mapData, mapMetadata, type Replace } from './walk.ts';

/** A personal field that has a subject's data. @since 0.11.0 */
export type ReportedField = Readonly<{
  event: EventType;
  /** The index of the event in the log of the visit. */
  index: number;
  /** The time of the act, and the time when it was recorded; null where the log has none. */
  at: Instant;
  recordedAt: Instant | null;
  /** Path of the field in the event (RFC 6901). */
  path: string;
  /** The text, or another value of JSON, such as a position. */
  value: unknown;
  purpose: Purpose;
  /** The people who need to read it, besides the subject. */
  readers: readonly Reader[];
}>;

/** The data of a subject in a visit. @since 0.11.0 */
export type ReportedSubject = DataSubject &
  Readonly<{
    fields: readonly ReportedField[];
    /**
     * The number of fields whose values are in the log in clear, of a visit that was begun without privacy: no erasure reaches them.
     *
     * @since 0.13.0
     */
    inClear: number;
    /** The number of texts that were erased, of this subject or of another one who had them too. */
    erased: number;
    /** The number of envelopes with data of this subject that did not open: erased, or damaged. */
    unopened: number;
    notes: readonly SubjectNote[];
  }>;

/** A report of the data of a person: plain JSON, for access and portability. A later version has another `format`. @since 0.11.0 */
export type SubjectReport = Readonly<{
  format: 'auxilio-subject-report-1';
  madeAt: Instant;
  /** The person as the host names them; null for a report of given subjects, which may leave out visits of the same person. */
  person: string | null;
  subjects: readonly ReportedSubject[];
  /** The copies of texts outside the store, by name, whose content the report does not have. */
  copies: readonly string[];
  /** The erasures of these subjects. */
  erasures: readonly Pick<Erasure, 'erasureId' | 'requestedAt' | 'subjects' | 'confirmed'>[];
}>;

/** Options of {@link subjectReport}: a person whom `subjectsOf` named, or subjects. @since 0.11.0 */
export type SubjectReportOptions = {
  /** The privacy of the service, which opens the texts. */
  privacy: Privacy;
  /** The store of the visits. */
  store: Pick<EventStreams, 'readStream'>;
  /** A person, as the host names them. */
  person?: string;
  /** The subjects, instead of a person. */
  subjects?: readonly DataSubject[];
  /** The name of a visit's stream; `visit-` and the id by default. */
  streamName?: (visitId: Id) => string;
  /** The time of the report; the clock of the machine by default. */
  now?: () => Instant;
};

const known: Readonly<Record<keyof SubjectReportOptions, 0>> = {
  privacy: 0,
  store: 0,
  person: 0,
  subjects: 0,
  streamName: 0,
  now: 0,
};

/**
 * Reports the personal data of a person in all visits, opened. Of a visit in which another person was named as the same subject, it has
 * the events of the person alone. A visit without a named person is a subject of its own, which the report of a person leaves out.
 *
 * @throws TypeError when not either a person or subjects are given
 * @since 0.11.0
 */
export async function subjectReport(options: SubjectReportOptions): Promise<SubjectReport> {
  mustKnowKeys('subjectReport', options, known);
  const { privacy, store, person, subjects, streamName = (id) => `visit-${id}`, now = currentInstant } = options;
  mustBe((person === undefined) !== (subjects === undefined), 'subjectReport takes a person, or subjects', person);
  const found: readonly (DataSubject & Partial<FoundSubject>)[] = subjects ?? (await privacy.visitsOf(person ?? ''));
  const reported: ReportedSubject[] = [];
  for (const { visitId, subject, spans = [[0, Number.POSITIVE_INFINITY]] } of found) {
    const log = (await store.readStream<VisitEvent>(streamName(visitId))).events.map(stripStoreMetadata);
    const { events, unopened } = await privacy.open(log);
    const isWithin = (index: number) => spans.some(([from, to]) => index >= from && index < to);
    const each = events.map((event, index) =>
      isWithin(index) ? listFields(event, log[index] as VisitEvent, index, subject) : [],
    );
    const fields = each.flat().filter((field) => field !== 'erased');
    const inClear = fields.filter(({ index, path, value }) => deepEqual(readAt(log[index], path), value)).length;
    // What was noted is of the person whom the visit names now.
    const notes = isWithin(events.length - 1) ? await privacy.listNotes({ visitId, subject }) : [];
    const closed = unopened.filter(
      ({ index, subjects: group }) => isWithin(index) && parseGroup(group).some((one) => one.subject === subject),
    );
    const erased = each.flat().length - fields.length;
    reported.push({ visitId, subject, fields, inClear, erased, unopened: closed.length, notes });
  }
  const isReported = (one: DataSubject) =>
    found.some(({ visitId, subject }) => visitId === one.visitId && subject === one.subject);
  const erasures = (await privacy.listErasures())
    .map((erasure) => ({ ...erasure, subjects: erasure.subjects.filter(isReported) }))
    .filter(({ subjects: own }) => own.length > 0)
    .map(({ erasureId, requestedAt, subjects: own, confirmed }) => ({
      erasureId,
      requestedAt,
      subjects: own,
      confirmed,
    }));
  const format = 'auxilio-subject-report-1';
  return { format, madeAt: now(), person: person ?? null, subjects: reported, copies: privacy.copies, erasures };
}

/** The value of an event at a path (RFC 6901) whose names have no escapes; undefined if it has none there. */
const readAt = (event: unknown, path: string): unknown =>
  path
    .split('/')
    .slice(1)
    .reduce((value, name) => asRecord(value)[name], event);

/** Lists the fields of an opened event that a subject has data in; `erased` for one whose text is gone. */
function listFields({ type, data, metadata = {} }: VisitEvent, stored: VisitEvent, index: number, subject: string) {
  const fields: (ReportedField | 'erased')[] = [];
  const tokens = new Set(sealedGroups(stored).length > 0 ? textsIn(stored.data) : []);
  const replace: Replace = (value, { purpose, seenBy, words = [], stored: kind }, { path, subjects }) => {
    if (!subjects.includes(subject) || words.some((word) => word === value)) return value;
    const isErased = kind === 'hash-token' ? tokens.has(String(value)) : isToken(value);
    const { at } = data;
    const { recordedAt = null } = metadata;
    fields.push(isErased ? 'erased' : { event: type, index, at, recordedAt, path, value, purpose, readers: seenBy });
    return value;
  };
  const { by, recordedBy = by } = data;
  mapData({ type, data }, { recorder: recordedBy, replace });
  mapMetadata(metadata, {
    recorder: (metadata.recorder as Actor | undefined) ?? recordedBy,
    replace,
  });
  return fields;
}
