/** The stream of the server: the board is read once, then kept by what it says. */
import { effect } from '@preact/signals';
import type { RowsReply } from '../../server/board-rows.ts';
import type { Claim } from '../../server/claims.ts';
import type { FieldDevice } from '../../server/devices.ts';
import type { Disagreement } from '../../server/disagreements.ts';
import type { Note } from '../../server/notes.ts';
import type { Read } from '../../server/reads.ts';
import type { Shift } from '../../server/shifts.ts';
import type { FieldProvider } from '../../server/telephones.ts';
import { get } from './api.ts';
import { now, say, t } from './app.ts';
import {
  type Change,
  type Contact,
  change,
  claims,
  clear,
  connection,
  contacts,
  disagreements,
  heldBy,
  lastClientChange,
  lastDisagreement,
  lastNote,
  lastShift,
  phones,
  providers,
  quarantined,
  queue,
  resets,
  rows,
  show,
  waitingNow,
  withEntry,
} from './board.ts';
import { heardRead } from './reads.ts';
import { session } from './session.ts';
import { sounded, soundedOverdue } from './sounds.ts';

/** Messages of the stream that came while the board was read. */
let waiting: Change[] | null = null;

function changed(one: Change): void {
  if (waiting === null) change(one);
  else waiting.push(one);
}

/** Reads the board whole; what the stream says meanwhile comes after it. */
async function readBoard(): Promise<boolean> {
  waiting ??= [];
  const answer = await get<RowsReply>('/rows');
  const missed = waiting;
  waiting = null;
  if (answer.ok) show(answer.value.rows);
  missed.forEach(change);
  return answer.ok;
}

async function readOthers(): Promise<void> {
  const [held, devices, apart, unanswered, known] = await Promise.all([
    get<{ claims: readonly Claim[] }>('/claims'),
    get<{ devices: readonly FieldDevice[] }>('/devices'),
    get<{ batches: readonly unknown[] }>('/quarantine'),
    get<{ disagreements: readonly Disagreement[] }>('/disagreements'),
    get<{ providers: readonly FieldProvider[] }>('/providers'),
  ]);
  if (known.ok) providers.value = new Map(known.value.providers.map((one) => [one.id, one]));
  if (held.ok) claims.value = new Map(held.value.claims.map((one) => [one.visitId, one]));
  if (apart.ok) quarantined.value = apart.value.batches.length;
  if (unanswered.ok) disagreements.replace(unanswered.value.disagreements.map((one) => [one.disagreementId, one]));
  if (!devices.ok) return;
  phones.value = devices.value.devices;
  const found = new Map<string, Contact>();
  for (const { providerId, lastContactAt, visits } of devices.value.devices) {
    if (lastContactAt === null || found.has(providerId)) continue;
    found.set(providerId, { at: lastContactAt, seen: new Map(visits.map((one) => [one.visitId, one.basedOn])) });
  }
  contacts.value = found;
}

type Called = Readonly<{ providerId: string; at: string; visitId?: string; basedOn?: number }>;

function called({ providerId, at, visitId, basedOn }: Called): void {
  const seen = new Map(contacts.peek().get(providerId)?.seen);
  if (visitId !== undefined && basedOn !== undefined) seen.set(visitId, basedOn);
  contacts.value = withEntry(contacts.peek(), providerId, { at, seen });
}

function disagreed(one: Disagreement): void {
  lastDisagreement.value = one;
  const isOpen = one.answer === null;
  const isNew = isOpen && !disagreements.peek().has(one.disagreementId);
  disagreements.set(one.disagreementId, isOpen ? one : null);
  if (isNew)
    sounded(
      [],
      waitingNow.peek().filter(({ key }) => key === one.disagreementId),
    );
}

/** Notes who holds a visit, and tells the one from whom it was taken. */
function claimed({ visitId, claim }: Readonly<{ visitId: string; claim: Claim | null }>): void {
  const held = heldBy(visitId, Date.now());
  claims.value = withEntry(claims.peek(), visitId, claim);
  if (claim !== null && held !== null && held.actorId !== claim.actorId && held.actorId === session.peek()?.actorId)
    say(t().takenFromYou(claim.name, rows.peek().get(visitId)?.caseNumber ?? visitId));
}

let reading: Promise<void> = Promise.resolve();
let retry: ReturnType<typeof setTimeout> | undefined;

/** Reads all again, after what is being read now. */
function readAll(): void {
  clearTimeout(retry);
  reading = reading.then(async () => {
    const [isRead] = await Promise.all([readBoard(), readOthers()]);
    if (isRead) return;
    if (connection.peek() === 'live') connection.value = 'stale';
    retry = setTimeout(readAll, pauseMs);
  });
}

/** Milliseconds after which a stream that was closed for good is opened again. */
const pauseMs = 5_000;
/** Milliseconds without a word of the server, which has one each 15 s, after which a stream is taken for lost: nothing else tells. */
const silenceMs = 45_000;

/** Opens the stream, and again when it was closed for good or is silent; answers how to close it. */
function openStream(): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (ms: number, act: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };
  function lose(): void {
    if (connection.peek() === 'live') connection.value = 'stale';
  }
  function open(): void {
    source?.close();
    const made = new EventSource('/api/stream');
    source = made;
    let isGreeted = false;
    const watch = () =>
      later(silenceMs, () => {
        lose();
        open();
      });
    watch();
    const on = <T>(name: string, take: (value: T) => void) =>
      made.addEventListener(name, (event) => {
        watch();
        take(JSON.parse((event as MessageEvent<string>).data));
      });
    on('beat', () => undefined);
    on('hello', () => {
      // It came back by itself with the number of its last message, and nothing was missed; a new one has no number.
      if (isGreeted && connection.peek() === 'stale') connection.value = 'live';
      else readAll();
      isGreeted = true;
    });
    on('reset', () => {
      resets.value += 1;
      readAll();
    });
    on('visit', changed);
    on('claim', claimed);
    on('device', called);
    on<{ waiting: number }>('quarantine', ({ waiting }) => {
      quarantined.value = waiting;
    });
    on<Note>('note', (note) => {
      lastNote.value = note;
    });
    on<{ visitId: string }>('client', ({ visitId }) => {
      lastClientChange.value = { visitId, count: (lastClientChange.peek()?.count ?? 0) + 1 };
    });
    on('disagreement', disagreed);
    on<Read>('read', heardRead);
    on<Shift>('shift', (shift) => {
      lastShift.value = shift;
    });
    made.onerror = () => {
      lose();
      // The browser connects again by itself, which may hang.
      if (made.readyState !== EventSource.CLOSED) return watch();
      later(pauseMs, open);
      // Whose session has ended is asked to enter again.
      void get('/session');
    };
  }
  open();
  return () => {
    source?.close();
    clearTimeout(timer);
  };
}

/** Follows what happens; answers how to stop. */
export function followBoard(): () => void {
  const close = openStream();
  // What becomes overdue as time goes on is heard, too.
  const stop = effect(() => {
    if (connection.value === 'live') soundedOverdue(queue.peek(), now.value);
  });
  return () => {
    stop();
    close();
    clearTimeout(retry);
    clear();
  };
}
