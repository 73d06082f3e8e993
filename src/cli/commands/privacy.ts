import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import type { Actor, Id, VisitEvent } from '../../messages/index.ts';
import type { DataSubject, RetentionTable } from '../../privacy.ts';
import {
  createPrivacy,
  disposalPageHtml,
  dispose,
  dueForDisposal,
  fileWrappingKeys,
  KeysUnavailableError,
  type Privacy,
  PrivacyRefusedError,
  parseRetentionTable,
} from '../../privacy.ts';
import { stripStoreMetadata } from '../../service/shared/stream.ts';
import type { EventStore } from '../../stores/event-store.ts';
import type { KeyStore } from '../../stores/key-store.ts';
import { currentInstant } from '../../util/runtime.ts';
import { type Context, EXIT, Failure, print, printJson } from '../console/context.ts';
import { writingTo } from '../console/output.ts';
import { sanitize } from '../console/text.ts';

/** The options of `auxilio privacy`. */
export type PrivacyCommandOptions = {
  readonly keys: string;
  readonly wrapping: string;
  readonly visit?: Id;
  readonly subject?: string;
  readonly table?: string;
  readonly by?: Id;
  readonly reason?: string;
  readonly askedBy?: Id;
  readonly page?: string;
  readonly release?: boolean;
  readonly yes?: boolean;
};

type Opened = Readonly<{
  store: Pick<EventStore, 'readStream' | 'readFeed' | 'readRow' | 'readRows' | 'readCheckpoint' | 'commitCheckpoint'>;
  privacy: Privacy;
  options: PrivacyCommandOptions;
  context: Context;
}>;

const actions: Readonly<Record<string, (opened: Opened) => Promise<number>>> = {
  report,
  erase,
  due,
  dispose: disposeOf,
  hold,
  rotate,
};

/** Reads, erases and disposes of the personal data of a store. */
export async function run(
  action: string,
  path: string,
  options: PrivacyCommandOptions,
  context: Context,
): Promise<number> {
  const { page } = options;
  if (page !== undefined && action !== 'dispose') throw new Failure(({ usage }) => usage.conflict('--page', action));
  const store = await openStore(path);
  const keys = await openKeys(options.keys);
  try {
    const privacy = await createPrivacy({ keys, wrapping: fileWrappingKeys(options.wrapping), store });
    const act = actions[action] as (opened: Opened) => Promise<number>;
    return await act({ store, privacy, options, context });
  } catch (error) {
    if (error instanceof KeysUnavailableError) {
      const { message } = error.cause instanceof Error ? error.cause : error;
      throw new Failure(({ output }) => output.privacy.unreadable(sanitize(message)));
    }
    if (!(error instanceof PrivacyRefusedError)) throw error;
    throw new Failure(({ output }) => output.privacy.refused(sanitize(error.visitId), error.reason));
  } finally {
    await keys.close();
    await store.close();
  }
}

const isUrl = (path: string) => /^postgres(?:ql)?:/.test(path);

/** Refuses a file that is not there: to open a store creates it. */
function mustExist(path: string): void {
  if (!existsSync(path)) throw new Failure(({ output }) => output.privacy.missing(sanitize(path)));
}

async function openStore(path: string) {
  if (isUrl(path)) return (await import('../../postgres.ts')).postgresStore({ connectionString: path });
  mustExist(path);
  return (await import('../../sqlite.ts')).sqliteStore({ file: path });
}

async function openKeys(path: string): Promise<KeyStore> {
  if (isUrl(path)) return (await import('../../postgres.ts')).postgresKeyStore({ connectionString: path });
  mustExist(path);
  return (await import('../../sqlite.ts')).sqliteKeyStore({ file: path });
}

/** The value of an option that an action needs. */
function need<Name extends 'visit' | 'by' | 'table' | 'reason'>(options: PrivacyCommandOptions, name: Name): string {
  const value = options[name];
  if (value === undefined) throw new Failure(({ output }) => output.privacy.needs(name));
  return value;
}

const operatorOf = (id: Id): Actor => ({ role: 'contact-center', id });
const operator = (options: PrivacyCommandOptions): Actor => operatorOf(need(options, 'by'));

const subjectOf = (options: PrivacyCommandOptions): DataSubject => ({
  visitId: need(options, 'visit'),
  subject: options.subject ?? 'client',
});

/** Says what will be done and, unless `--yes` is given, asks. Answers false if nothing is to be done. */
async function isConfirmed({ options, context }: Opened, plan: string): Promise<boolean> {
  const { words, stderr } = context;
  if (options.yes === true) return true;
  await print(context, plan);
  if (process.stdin.isTTY !== true) {
    await print(context, words.output.privacy.dryRun);
    return false;
  }
  const lines = createInterface({ input: process.stdin, output: stderr });
  const answer = await lines.question(`${words.output.privacy.ask} `);
  lines.close();
  return words.output.privacy.yes.includes(answer.trim().toLowerCase());
}

/** Opens a visit with the texts of all its people, and lists the erasures of them. A later version has another `format`. */
export async function openVisit({ store, privacy }: Pick<Opened, 'store' | 'privacy'>, visitId: Id) {
  const { events } = await store.readStream<VisitEvent>(`visit-${visitId}`);
  const opened = await privacy.open(events.map(stripStoreMetadata));
  const erasures = (await privacy.listErasures())
    .map((one) => ({ ...one, subjects: one.subjects.filter((each) => each.visitId === visitId) }))
    .filter(({ subjects }) => subjects.length > 0);
  return { format: 'auxilio-opened-visit-1', visitId, events: opened.events, unopened: opened.unopened, erasures };
}

/** Writes the visit with its texts. */
async function report(opened: Opened): Promise<number> {
  await printJson(opened.context, await openVisit(opened, need(opened.options, 'visit')));
  return EXIT.ok;
}

async function erase(opened: Opened): Promise<number> {
  const { privacy, options, context } = opened;
  const [subject, by] = [subjectOf(options), operator(options)];
  const words = context.words.output.privacy;
  const { reason } = options;
  const shown = reason === undefined ? undefined : sanitize(reason);
  if (!(await isConfirmed(opened, words.willErase(sanitize(subject.visitId), sanitize(subject.subject), shown))))
    return EXIT.ok;
  const erasure = await privacy.erase({ subjects: [subject], by, ...(reason !== undefined && { reason }) });
  if (context.json) await printJson(context, erasure);
  else
    await print(context, words.erased(erasure.erasureId, erasure.subjects[0]?.state ?? 'recorded', erasure.waitsFor));
  return EXIT.ok;
}

async function readTable(options: PrivacyCommandOptions): Promise<RetentionTable> {
  const path = need(options, 'table');
  mustExist(path);
  const parsed = parseRetentionTable(await readFile(path, 'utf8'));
  if (parsed.ok) return parsed.table;
  const lines = parsed.issues.map(({ path: at, expected }) => `${at || '/'}: ${expected}`);
  throw new Failure(({ output }) => [output.privacy.badTable(sanitize(path)), ...lines]);
}

/** The visits of a store, in the order of their first events. */
async function* visitsOf({ store }: Opened): AsyncGenerator<Id> {
  const known = new Set<Id>();
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof store.readFeed>> = await store.readFeed({ after, maxCount: 1000 });
    for (const { text } of page) {
      const visitId: unknown = JSON.parse(text).data?.visitId;
      if (typeof visitId !== 'string' || known.has(visitId)) continue;
      known.add(visitId);
      yield visitId;
    }
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.cursor;
  }
}

async function due(opened: Opened): Promise<number> {
  const { store, privacy, options, context } = opened;
  const table = await readTable(options);
  for await (const visit of dueForDisposal({ privacy, store, table }, visitsOf(opened))) {
    if (context.json) await printJson(context, visit);
    else await print(context, context.words.output.privacy.due(sanitize(visit.visitId), visit.date, visit.refusal));
  }
  return EXIT.ok;
}

async function disposeOf(opened: Opened): Promise<number> {
  const { store, privacy, options, context } = opened;
  const [visitId, by, table] = [need(options, 'visit'), operator(options), await readTable(options)];
  const { askedBy, page } = options;
  const words = context.words.output.privacy;
  return writingTo(page, context, undefined, async ({ bytes }) => {
    if (!(await isConfirmed(opened, words.willDispose(sanitize(visitId))))) return EXIT.ok;
    // Created before anything is erased: a page that cannot be written stops the disposal.
    if (page !== undefined) await bytes(new Uint8Array());
    const asker = askedBy === undefined ? [] : [operatorOf(askedBy)];
    const record = await dispose({ privacy, store, table }, visitId, by, ...asker);
    await printJson(context, record);
    if (page !== undefined) await bytes(Buffer.from(disposalPageHtml(record, context.locale)));
    return EXIT.ok;
  });
}

async function hold(opened: Opened): Promise<number> {
  const { privacy, options, context } = opened;
  const visitId = need(options, 'visit');
  const words = context.words.output.privacy;
  if (options.release === true) {
    if (!(await isConfirmed(opened, words.willRelease(sanitize(visitId))))) return EXIT.ok;
    await privacy.release(visitId);
  } else await privacy.hold({ visitId, reason: need(options, 'reason'), by: operator(options), at: currentInstant() });
  await printJson(context, await privacy.listHolds());
  return EXIT.ok;
}

async function rotate(opened: Opened): Promise<number> {
  const { privacy, context } = opened;
  const words = context.words.output.privacy;
  if (!(await isConfirmed(opened, words.willRotate))) return EXIT.ok;
  const rotated = await privacy.rotate();
  if (context.json) await printJson(context, rotated);
  else await print(context, words.rotated(rotated.keys, rotated.destroyed));
  return EXIT.ok;
}
