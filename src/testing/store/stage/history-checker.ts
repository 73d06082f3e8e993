import { mustBe } from '../../../kernel/known.ts';

/** An append of a writer, as it is written down when it begins and when it ends. A line of JSON can hold it. @since 0.4.0 */
export type AppendRecord = Readonly<{
  op: 'append';
  /**
   * `invoke` when it begins; then `ok` when it was acknowledged, `fail` when it is certain that nothing was written, or
   * `unknown`. One that is invoked and never ends is unknown.
   */
  type: 'invoke' | 'ok' | 'fail' | 'unknown';
  writer: string;
  stream: string;
  /** The ids of the events, unique in the whole history. A batch that is tried again keeps them. */
  ids: readonly string[];
  /** The version that was expected, or the word for it. */
  expected?: number | 'STREAM_EXISTS' | 'STREAM_DOES_NOT_EXIST' | 'NO_CONCURRENCY_CHECK';
  /** With `ok`: the version of the last event. */
  version?: number;
}>;

/** The events of a stream in a store at the end, in the order in which they are read. @since 0.4.0 */
export type FinalStream = Readonly<{ stream: string; events: readonly Readonly<{ id: string; version: number }>[] }>;

/**
 * The fault of a history:
 * - `lost`, `moved`: an acknowledged event is not there, or not where it was acknowledged
 * - `doubled`: an event is there more than once
 * - `failed-present`: an event is there whose every append failed
 * - `torn`: a batch whose outcome is unknown is neither whole nor absent
 * - `gap`: the versions of a stream do not count 1, 2, 3
 * - `stranger`: an event is stored that was never submitted
 * - `two-winners`: two batches were appended at one expected version
 * - `findUnexpected`: a batch was acknowledged at a version that it did not expect
 * - `order`: an event stands before one that its writer had seen acknowledged
 *
 * @since 0.4.0
 */
export type HistoryFault =
  | 'lost'
  | 'moved'
  | 'doubled'
  | 'failed-present'
  | 'torn'
  | 'gap'
  | 'stranger'
  | 'two-winners'
  | 'unexpected'
  | 'order';

/** One fault of a history, with the events that show it. @since 0.4.0 */
export type HistoryFinding = Readonly<{ fault: HistoryFault; stream: string; ids: readonly string[]; text: string }>;

type Place = { readonly stream: string; readonly version: number };

/** All that was tried with one batch. */
type Batch = {
  readonly stream: string;
  readonly writer: string;
  readonly ids: readonly string[];
  /** The last of the writer's batches of this stream that was acknowledged when this one was begun. */
  readonly after: Batch | undefined;
  /** The version of its last event, by each acknowledgement. */
  readonly acknowledged: number[];
  /** Attempts that were begun and did not end in a failure. */
  open: number;
  /** The versions that these expected, as numbers where they are. */
  readonly expected: (number | undefined)[];
};

/**
 * Compares the acknowledgements of writers with the events in the store at the end: no acknowledged event is lost,
 * moved or duplicated, no other event is stored, and expected versions and the order of each writer were kept. Empty
 * without faults. Each writer appends one batch after the other; the records of several writers may be interleaved in
 * any way. Takes linear time.
 *
 * @throws RangeError when the records are no history: an id stands in two batches
 * @since 0.4.0
 */
export function checkHistory(
  records: Iterable<AppendRecord>,
  finalStreams: Iterable<FinalStream>,
): readonly HistoryFinding[] {
  const areIterable = Symbol.iterator in Object(records) && Symbol.iterator in Object(finalStreams);
  mustBe(areIterable, 'checkHistory takes records and final streams, each a list', records);
  const batches = groupBatches(records);
  const { places, findings } = findPlaces(finalStreams, batches);
  const present = new Map<Batch, number>();
  for (const batch of new Set(batches.values())) {
    const found = judgeBatch(batch, places);
    if (typeof found === 'number') present.set(batch, found);
    else if (found !== undefined) findings.push(found);
  }
  const winners = findTwoWinners(present);
  findings.push(...winners.findings, ...findUnexpected(present, winners.among), ...findDisordered(present));
  return findings;
}

function groupBatches(records: Iterable<AppendRecord>): Map<string, Batch> {
  const batches = new Map<string, Batch>();
  const last = new Map<string, Map<string, Batch>>();
  for (const record of records) {
    const { type, writer, stream, ids, version } = record;
    const [first] = ids;
    if (first === undefined) continue;
    const batch = batches.get(first) ?? beginBatch(record, last.get(writer)?.get(stream), batches);
    if (batch.ids.length !== ids.length || batch.stream !== stream || ids.some((id) => batches.get(id) !== batch)) {
      throw new RangeError(`The event ${first} stands in two batches`);
    }
    if (type === 'invoke') {
      batch.open += 1;
      batch.expected.push(expectedNumber(record));
    } else if (type === 'fail') {
      batch.open -= 1;
      const tried = batch.expected.lastIndexOf(expectedNumber(record));
      if (tried !== -1) batch.expected.splice(tried, 1);
    } else if (type === 'ok') {
      batch.acknowledged.push(version ?? Number.NaN);
      const own = last.get(writer) ?? new Map<string, Batch>();
      last.set(writer, own.set(stream, batch));
    }
  }
  return batches;
}

function beginBatch(
  { writer, stream, ids }: AppendRecord,
  after: Batch | undefined,
  batches: Map<string, Batch>,
): Batch {
  const batch: Batch = { stream, writer, ids, after, acknowledged: [], open: 0, expected: [] };
  for (const id of ids) {
    if (batches.has(id)) throw new RangeError(`The event ${id} stands in two batches`);
    batches.set(id, batch);
  }
  return batch;
}

function expectedNumber({ expected }: AppendRecord): number | undefined {
  return expected === 'STREAM_DOES_NOT_EXIST' ? 0 : typeof expected === 'number' ? expected : undefined;
}

/** Finds the position of each event, and the faults of the streams that do not depend on the submissions. */
function findPlaces(streams: Iterable<FinalStream>, batches: ReadonlyMap<string, Batch>) {
  const places = new Map<string, Place>();
  const findings: HistoryFinding[] = [];
  for (const { stream, events } of streams) {
    events.forEach(({ id, version }, index) => {
      const before = events[index - 1]?.version ?? 0;
      if (version !== before + 1) {
        findings.push(finding('gap', stream, [id], `${id} is at version ${version}, after ${before}`));
      }
      const twin = places.get(id);
      if (twin !== undefined) {
        const where = `${id} is at ${formatPlace(twin)} and at ${formatPlace({ stream, version })}`;
        findings.push(finding('doubled', stream, [id], where));
      } else if (!batches.has(id)) {
        findings.push(finding('stranger', stream, [id], `${id} is at version ${version}, and nobody submitted it`));
      }
      if (twin === undefined) places.set(id, { stream, version });
    });
  }
  return { places, findings };
}

/** The version of the batch's first event; undefined if it may be absent and is; otherwise its fault. */
function judgeBatch(batch: Batch, places: ReadonlyMap<string, Place>): number | HistoryFinding | undefined {
  const { stream, ids, acknowledged, open } = batch;
  const found = ids.map((id) => places.get(id));
  const absent = ids.filter((_, index) => found[index] === undefined);
  const there = ids.filter((_, index) => found[index] !== undefined);
  if (acknowledged.length > 0 && absent.length > 0) {
    return finding('lost', stream, absent, `${absent.join(', ')} was acknowledged and is not there`);
  }
  if (absent.length === ids.length) return undefined;
  if (acknowledged.length === 0 && open <= 0) {
    return finding('failed-present', stream, there, `${there.join(', ')} is there, and its append failed`);
  }
  const first = found[0]?.version ?? Number.NaN;
  const whole = found.every((place, index) => place?.stream === stream && place.version === first + index);
  if (acknowledged.length === 0) {
    if (whole) return first;
    return finding('torn', stream, there, `of the batch ${ids.join(', ')} there is ${there.join(', ')}`);
  }
  const last = first + ids.length - 1;
  if (whole && acknowledged.every((version) => version === last)) return first;
  const told = `${ids.join(', ')} was acknowledged up to version ${acknowledged.join(', ')}`;
  return finding('moved', stream, ids, `${told}, and is at ${found.map(formatPlace).join(', ')}`);
}

/** The version that all attempts expected, if that is one. */
function onlyExpected({ expected }: Batch): number | undefined {
  const [first] = expected;
  return expected.every((one) => one === first) ? first : undefined;
}

function findTwoWinners(present: ReadonlyMap<Batch, number>) {
  const byStream = new Map<string, Map<number, Batch[]>>();
  for (const batch of present.keys()) {
    const expected = onlyExpected(batch);
    if (expected === undefined) continue;
    const byVersion = byStream.get(batch.stream) ?? new Map<number, Batch[]>();
    byStream.set(batch.stream, byVersion);
    const winners = byVersion.get(expected) ?? [];
    winners.push(batch);
    byVersion.set(expected, winners);
  }
  const findings: HistoryFinding[] = [];
  const among = new Set<Batch>();
  for (const [stream, byVersion] of byStream) {
    for (const [expected, winners] of byVersion) {
      if (winners.length < 2) continue;
      for (const winner of winners) among.add(winner);
      const who = winners.map(({ writer, ids }) => `${writer} with ${ids.join(', ')}`).join(' and ');
      const ids = winners.flatMap((winner) => winner.ids);
      findings.push(finding('two-winners', stream, ids, `at the expected version ${expected} there won ${who}`));
    }
  }
  return { findings, among };
}

function findUnexpected(present: ReadonlyMap<Batch, number>, among: ReadonlySet<Batch>): HistoryFinding[] {
  return [...present].flatMap(([batch, first]) => {
    const { stream, ids, expected } = batch;
    if (among.has(batch) || expected.length === 0 || expected.some((one) => one === undefined || one === first - 1))
      return [];
    const text = `${ids.join(', ')} expected version ${expected.join(' or ')}, and begins at ${first}`;
    return [finding('unexpected', stream, ids, text)];
  });
}

function findDisordered(present: ReadonlyMap<Batch, number>): HistoryFinding[] {
  return [...present].flatMap(([batch, first]) => {
    const { stream, ids, after, writer } = batch;
    const before = after === undefined ? undefined : present.get(after);
    if (before === undefined || before < first) return [];
    const text = `${ids.join(', ')} of ${writer} is before ${after?.ids.join(', ')}, which was acknowledged earlier`;
    return [finding('order', stream, ids, text)];
  });
}

const formatPlace = (place: Place | undefined) =>
  place === undefined ? 'none' : `version ${place.version} of ${place.stream}`;

const finding = (fault: HistoryFault, stream: string, ids: readonly string[], text: string): HistoryFinding => ({
  fault,
  stream,
  ids,
  text: `${fault} in the stream ${stream}: ${text}`,
});
