import type { ClauseId } from '../protocol/index.ts';
import { auditReading } from '../reading/audit.ts';
import { compileDossier, type Dossier } from '../reading/dossier.ts';
import type { Finding } from '../reading/judging/finding.ts';
import type { Reading } from '../reading/judging/log.ts';
import { readLog } from '../reading/judging/reader.ts';
import { listRevisions, type Revision } from '../reading/timeline-spans.ts';
import { asRecord } from '../util/json.ts';
import { actOfEvent } from '../visit/table.ts';
import { parseTime } from './clock.ts';
import type { Context } from './context.ts';
import { chooseNumbering, type Numbering, type Origin, readSourcedLog } from './sourced.ts';

/** One visit in a report: its log, and the results of the readers. */
export type VisitView = {
  /** Its place in the report, from 1: all anchors begin with it. */
  readonly ordinal: number;
  /** The log as it was given, unreadable entries included. */
  readonly log: readonly unknown[];
  /** The places of its entries in the files that they were read from, if they are known. */
  readonly origins: readonly Origin[];
  readonly numbering: Numbering;
  /** SHA-256 of the file that it was read from, if it is known. */
  readonly sha256: string | null;
  readonly reading: Reading;
  readonly dossier: Dossier;
  readonly clean: boolean;
  /** In the order of the log. */
  readonly findings: readonly Finding[];
  readonly findingsAt: ReadonlyMap<number, readonly Finding[]>;
  /** The acts that were annulled, or whose time was corrected, by their indexes. */
  readonly revisions: ReadonlyMap<number, Revision>;
  /** Its acts are of more than one local day: a time alone would not say when. */
  readonly isLong: boolean;
  /** The providers' names, by their ids. */
  readonly names: ReadonlyMap<unknown, unknown>;
};

/** Reads one log as a caller passed it. */
export function createView(
  given: unknown,
  ordinal: number,
  { policy, until, clock, chain, heldPhotos }: Context,
): VisitView {
  const taken = readSourcedLog(given);
  const { log, origins } = taken;
  const reading = readLog(log, policy);
  const found = taken.chain ?? chain?.(log);
  const { clean, findings } = auditReading(reading, { chain: found });
  const findingsAt = new Map<number, Finding[]>();
  for (const finding of findings) {
    const there = findingsAt.get(finding.index);
    if (there === undefined) findingsAt.set(finding.index, [finding]);
    else there.push(finding);
  }
  const photos = heldPhotos?.(log);
  const judged = {
    policy,
    ...(until !== null && { until }),
    ...(found && { chain: found }),
    ...(photos && { heldPhotos: photos }),
  };
  const dossier = compileDossier(reading, judged, taken.integrity);
  const isLong = new Set(reading.entries.map(({ event }) => clock.day(parseTime(event.data.at)))).size > 1;
  const numbering = chooseNumbering(taken);
  const names = namesIn(reading);
  const revisions = listRevisions(dossier.corrections);
  const view = {
    ordinal,
    log,
    origins,
    numbering,
    reading,
    dossier,
    clean,
    findings,
    findingsAt,
    revisions,
    isLong,
    names,
  };
  return { ...view, sha256: taken.sha256 ?? null };
}

function namesIn({ entries }: Reading): ReadonlyMap<unknown, unknown> {
  return new Map(
    entries.flatMap(({ event }) => {
      if (event.type !== 'VisitAssigned' && event.type !== 'ProviderReassigned') return [];
      const { id, name } = asRecord(event.data.provider);
      return [[id, name]];
    }),
  );
}

/** The type and the data of an entry of a log, valid or not. */
export function readEntryAt({ log }: VisitView, index: number) {
  const { type, data } = asRecord(log[index]);
  return { type, data: asRecord(data) };
}

/** The act of an entry of that type, if it is one of ours. */
export const findAct = (type: unknown) => (typeof type === 'string' ? actOfEvent(type) : undefined);

/** The anchor of an act. People count from 1. */
export const formatAnchor = ({ ordinal }: VisitView, index: number): string => `v${ordinal}-e${index + 1}`;

/** The number by which an act is known: its line or its row, or its place from 1. */
export function findNumber({ origins, numbering }: VisitView, index: number): number {
  return numbering === 'place' ? index + 1 : (origins[index]?.number ?? index + 1);
}

/** The clauses cited by the entries of a visit and by its findings. */
export function listCited({ reading, log }: VisitView): readonly ClauseId[] {
  return [
    ...reading.findings.flatMap(({ clause }) => clause ?? []),
    ...log.flatMap((entry) => findAct(asRecord(entry).type)?.clauses ?? []),
  ];
}
