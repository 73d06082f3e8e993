import type { LineFinding, VisitAudit } from '../../logs.ts';
import type { Id } from '../../messages/index.ts';
import type { Holding } from '../../reading/index.ts';
import type { Policy } from '../../visit/index.ts';
import { type Context, EXIT, Failure, printError } from '../console/context.ts';
import { formatPlaces, isEncoding, isOversized, nothingReadable } from '../console/findings.ts';
import { holdingsAt, mappingAt, policyAt, sourceAt } from './inputs.ts';
import { createSeals, type Heads, headsAt } from './seals.ts';
import type { Source } from './source.ts';
import { type Reading, readVisits } from './visits.ts';

/** The options of the commands that read visits. */
export type VisitOptions = {
  readonly map?: string;
  readonly policy?: string;
  readonly visit?: string;
  readonly head?: string;
  readonly sort?: boolean;
  readonly holdings?: string;
};

/** A visit of a source. */
export type SelectedVisit = VisitAudit & { readonly visitId: Id; readonly source: Source };

/** Sources whose visits are asked for, and the policy that judges them. */
export type Selected = {
  readonly visits: AsyncIterable<SelectedVisit>;
  readonly policy: Policy | undefined;
  readonly holdings: readonly Holding[] | undefined;
  /** The sources are sheets: their places are rows. */
  readonly isSheet: boolean;
  /** The heads that were kept. */
  readonly heads: Heads;
  /** The number of lines left out so far because their visit is unknown. */
  readonly leftOut: () => number;
  /**
   * The exit code once all was read: found something where the integrity of a visit is broken, lines were left out because their
   * visit is unknown, or a visit has a head but no line.
   */
  readonly exitCode: () => number;
};

/** The files of a command; standard input where none is named. */
export const listInputs = (files: readonly (string | undefined)[]) => (files.length === 0 ? [undefined] : files);

/** Selects the visits of some files: all of them, or the one that is named, which one of the files must have. */
export async function findSelected(
  files: readonly (string | undefined)[],
  options: VisitOptions,
  { prepare = (source) => source, ...extras }: Pick<Reading, 'dossier' | 'events'> & { readonly prepare?: Prepare },
  context: Context,
): Promise<Selected> {
  const mapping = await mappingAt(options.map, context, options.sort);
  const policy = await policyAt(options.policy, context);
  const heads = await headsAt(options.head, context);
  const holdings = await holdingsAt(options.holdings, context);
  const seals = createSeals(heads, options.visit);
  const held = holdings && { holdings };
  const reading: Reading = { ...extras, seals, ...(mapping && { mapping }), ...(policy && { policy }), ...held };
  let leftOut = 0;
  let broken = 0;
  const note = ({ integrity }: SelectedVisit) => {
    if (integrity.status === 'broken') broken += 1;
  };
  const leave = (lines: number) => {
    leftOut += lines;
  };
  const lost = new Set(options.visit === undefined ? heads.byVisit.keys() : []);
  const visits = selectVisits(
    listInputs(files),
    { reading, wanted: options.visit, lost, leave, note, prepare },
    context,
  );
  return {
    visits,
    policy,
    holdings,
    heads,
    isSheet: mapping !== undefined,
    leftOut: () => leftOut,
    exitCode: () => (broken + leftOut + lost.size === 0 ? EXIT.ok : EXIT.found),
  };
}

/** Prepares a source before it is read. */
type Prepare = (source: Source) => Source;

type Selection = {
  readonly prepare: Prepare;
  readonly reading: Reading;
  readonly wanted: string | undefined;
  /** The visits with a head that were not found yet. */
  readonly lost: Set<string>;
  readonly leave: (lines: number) => void;
  readonly note: (visit: SelectedVisit) => void;
};

async function* selectVisits(
  files: readonly (string | undefined)[],
  selection: Selection,
  context: Context,
): AsyncGenerator<SelectedVisit> {
  const { wanted, lost, note } = selection;
  let found = 0;
  for (const file of files) {
    const source = selection.prepare(await sourceAt(file, context, selection.reading.mapping !== undefined));
    for await (const visit of selectFrom(source, selection, context)) {
      found += 1;
      lost.delete(visit.visitId);
      note(visit);
      yield visit;
    }
  }
  if (found === 0 && wanted !== undefined) throw new Failure(({ failures }) => failures.noSuchVisit(wanted));
  if (lost.size === 0) return;
  await printError(context, [context.words.failures.lostVisits(formatPlaces([...lost]))]);
}

/** Yields the selected visits of one source, and then reports its lines without a visit. */
async function* selectFrom(
  source: Source,
  { reading, wanted, leave }: Selection,
  context: Context,
): AsyncGenerator<SelectedVisit> {
  const { failures } = context.words;
  const isSheet = reading.mapping !== undefined;
  const unplaced: number[] = [];
  let found = 0;
  let isGarbled = false;
  let oversizedAt: number | null = null;
  for await (const visit of readVisits(source, reading, context)) {
    const garbled: LineFinding | undefined = isGarbled ? undefined : visit.audit.findings.find(isEncoding);
    if (garbled !== undefined) await printError(context, [failures.notUtf8(source.name, garbled.line)]);
    isGarbled ||= garbled !== undefined;
    oversizedAt ??= visit.audit.findings.find(isOversized)?.line ?? null;
    const { visitId } = visit;
    if (visitId === null) unplaced.push(...visit.lines);
    else if (wanted === undefined || visitId === wanted) {
      found += 1;
      yield { ...visit, visitId, source };
    }
  }
  if (found === 0 && wanted === undefined) {
    throw nothingReadable(source.name, isSheet, oversizedAt);
  }
  leave(unplaced.length);
  if (unplaced.length === 0) return;
  await printError(context, [failures.leftOut(source.name, unplaced.length, isSheet, formatPlaces(unplaced))]);
}
