/** The board of the center, the claims and the contacts of the phones: read once, then kept by the stream of the server. */
import { batch, effect, signal } from '@preact/signals';
import type { BoardPage } from 'auxilio/service';
import type { Device } from '../../../http/devices.ts';
import type { Claim } from '../../server/claims.ts';
import type { Note } from '../../server/notes.ts';
import type { Shift } from '../../server/shifts.ts';
import { get } from './api.ts';
import { instant, now } from './app.ts';
import { queueOf, type Row, requeued, type Waiting } from './queue.ts';
import { sounded } from './sounds.ts';

/** The last contact of a phone with the server; `seen`: how many events of each visit it had. */
export type Contact = Readonly<{ at: string; seen: ReadonlyMap<string, number> }>;

export const rows = signal<ReadonlyMap<string, Row>>(new Map());
export const queue = signal<readonly Waiting[]>([]);
export const claims = signal<ReadonlyMap<string, Claim>>(new Map());
/** By provider: that of the phone which called last. */
export const contacts = signal<ReadonlyMap<string, Contact>>(new Map());
/** The number of events that a visit has now, as the stream said last. */
export const versions = signal<ReadonlyMap<string, number>>(new Map());
export const lastNote = signal<Note | null>(null);
export const lastShift = signal<Shift | null>(null);
/** `stale`: shown as it was when the connection was lost. */
export const connection = signal<'opening' | 'live' | 'stale'>('opening');

const withEntry = <T>(map: ReadonlyMap<string, T>, key: string, value: T | null): ReadonlyMap<string, T> => {
  const changed = new Map(map);
  if (value === null) changed.delete(key);
  else changed.set(key, value);
  return changed;
};

/** Messages of the stream that came while the board was read. */
let waiting: Change[] | null = null;

type Change = Readonly<{ visitId: string; version: number; row: Row | null }>;

function change(one: Change): void {
  if (waiting !== null) {
    waiting.push(one);
    return;
  }
  const { visitId, version, row } = one;
  if ((versions.peek().get(visitId) ?? 0) > version) return;
  batch(() => {
    rows.value = withEntry(rows.peek(), visitId, row);
    queue.value = requeued(queue.peek(), visitId, row);
    versions.value = withEntry(versions.peek(), visitId, version);
  });
  sounded(queue.value);
}

/** Reads the board whole, page by page; what the stream says meanwhile comes after it. */
async function readBoard(): Promise<boolean> {
  waiting ??= [];
  const all: Row[] = [];
  const now = instant();
  for (let after: string | null = ''; after !== null; ) {
    const page: Awaited<ReturnType<typeof get<BoardPage<Row>>>> = await get<BoardPage<Row>>(
      `/board?maxCount=10000&now=${now}&after=${encodeURIComponent(after)}`,
    );
    if (!page.ok) {
      waiting = null;
      return false;
    }
    all.push(...page.value.visits);
    after = page.value.next;
  }
  const missed = waiting;
  waiting = null;
  batch(() => {
    rows.value = new Map(all.map((row) => [row.visitId, row]));
    versions.value = new Map(
      all.flatMap(({ visitId, version }) => (version === undefined ? [] : [[visitId, version]])),
    );
    queue.value = queueOf(all);
    connection.value = 'live';
  });
  sounded(queue.value);
  missed.forEach(change);
  return true;
}

async function readOthers(): Promise<void> {
  const [held, devices] = await Promise.all([
    get<{ claims: readonly Claim[] }>('/claims'),
    get<{ devices: readonly Device[] }>('/devices'),
  ]);
  if (held.ok) claims.value = new Map(held.value.claims.map((one) => [one.visitId, one]));
  if (!devices.ok) return;
  const found = new Map<string, Contact>();
  for (const { providerId, lastContactAt, visits } of devices.value.devices) {
    if (lastContactAt === null || found.has(providerId)) continue;
    found.set(providerId, { at: lastContactAt, seen: new Map(visits.map((one) => [one.visitId, one.basedOn])) });
  }
  contacts.value = found;
}

type Called = Readonly<{ providerId: string; at: string; visitId: string; basedOn: number }>;

function called({ providerId, at, visitId, basedOn }: Called): void {
  const seen = new Map(contacts.peek().get(providerId)?.seen);
  seen.set(visitId, basedOn);
  contacts.value = withEntry(contacts.peek(), providerId, { at, seen });
}

let reading: Promise<void> = Promise.resolve();
let retry: ReturnType<typeof setTimeout> | undefined;

/** Reads all again, after what is being read now. */
function readAll(): void {
  clearTimeout(retry);
  reading = reading.then(async () => {
    if (await readBoard()) return readOthers();
    if (connection.peek() === 'live') connection.value = 'stale';
    retry = setTimeout(readAll, pauseMs);
  });
}

/** Milliseconds after which a stream that was closed for good is opened again. */
const pauseMs = 5_000;

/** Follows what happens; answers how to stop. */
export function followBoard(): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function open(): void {
    const made = new EventSource('/api/stream');
    source = made;
    const on = <T>(name: string, take: (value: T) => void) =>
      made.addEventListener(name, (event) => take(JSON.parse((event as MessageEvent<string>).data)));
    on('hello', () => {
      // It came back, and nothing was missed.
      if (connection.peek() === 'stale') connection.value = 'live';
      else readAll();
    });
    on('reset', readAll);
    on('visit', change);
    on<{ visitId: string; claim: Claim | null }>('claim', ({ visitId, claim }) => {
      claims.value = withEntry(claims.peek(), visitId, claim);
    });
    on('device', called);
    on<Note>('note', (note) => {
      lastNote.value = note;
    });
    on<Shift>('shift', (shift) => {
      lastShift.value = shift;
    });
    made.onerror = () => {
      if (connection.peek() === 'live') connection.value = 'stale';
      if (made.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, pauseMs);
      // Whose session has ended is asked to enter again.
      void get('/session');
    };
  }
  open();
  // What becomes overdue as time goes on is heard, too.
  const stop = effect(() => {
    if (now.value > 0 && connection.peek() === 'live') sounded(queue.peek());
  });
  return () => {
    stop();
    source?.close();
    clearTimeout(timer);
    clearTimeout(retry);
    batch(() => {
      rows.value = new Map();
      queue.value = [];
      connection.value = 'opening';
    });
  };
}

/** The other person who holds a visit now. */
export function heldBy(visitId: string, at: number): Claim | null {
  const claim = claims.value.get(visitId);
  return claim === undefined || Date.parse(claim.until) < at ? null : claim;
}
