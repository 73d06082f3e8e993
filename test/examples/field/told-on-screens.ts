import { expect } from 'vitest';
import type { Actor, EventType, Id, Locale, VisitCommand, VisitEvent } from '../../../src/index.ts';
import { reconcile } from '../../../src/reconciling/index.ts';
import { offlineMix, type SimulatedVisit, simulate } from '../../../src/testing.ts';
import { commandTypes, decide, eventTypes, replay } from '../../../src/visit/index.ts';

// A law on the two screens: each sentence on what there was no signal for, what was not seen, and what was received is compared with the
// log, of which this page reads `basedOn` and `on` by itself.

const texts = new Map<string, string>();

/** The parts of a page that the modules of the screens ask for as they are loaded. */
export const page = {
  localStorage: {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => texts.set(key, text),
  },
  BroadcastChannel: class {},
  location: { hash: '' },
  addEventListener: () => undefined,
  matchMedia: () => ({ matches: false }),
  setInterval: () => 0,
};

type Moment = Readonly<{
  at: string;
  event?: VisitEvent;
  one?: Readonly<{ act: { position: number; discrepancyId: Id } }>;
}>;
type Case = Readonly<{ moments: readonly Moment[]; acts: readonly object[] }>;
type Entry = Readonly<{ id: Id; status: string }>;
type Visit = Readonly<{ events: readonly VisitEvent[]; own: readonly VisitEvent[]; pending: readonly object[] }>;
type Log = Readonly<{ visitId: Id; events: readonly VisitEvent[]; state: object }>;

type Photo = Readonly<{ photoId: Id; sha256: string }>;

/** View functions of the screens: the tests do not have the types of a page. */
export type Screens = Readonly<{
  loadLanguage: (locale: Locale) => Promise<void>;
  choose: (locale: Locale) => void;
  hour: (at: string) => string;
  namedEvent: (type: EventType) => string;
  caseOf: (events: readonly VisitEvent[], reads?: readonly object[]) => Case | null;
  headlineOf: (found: Case) => string;
  causeOf: (log: Pick<Log, 'events'>, found: Case) => string;
  unseenText: (moment: Moment) => string;
  learntAt: (acts: readonly object[]) => string;
  isSeen: (log: Log, event: VisitEvent, index: number) => boolean | null;
  toDocument: (log: Log) => readonly Photo[];
  heldIn: (photos: readonly Photo[], held: ReadonlyMap<string, boolean>) => readonly Id[];
  absence: (photo: Photo, held: ReadonlyMap<string, boolean>) => string;
  chosenText: (photos: readonly Photo[], held: ReadonlyMap<string, boolean>, chosen: readonly Id[]) => string;
  contacts: { value: ReadonlyMap<Id, Readonly<{ at: string; seen: ReadonlyMap<Id, number> }>> };
  entriesOf: (visit: Visit, actorId: Id, commandOf: (type: EventType) => string | undefined) => readonly Entry[];
  hasUnaware: (visit: Visit, actorId: Id) => boolean;
}>;

let screens: Screens;

/** Loads the view functions, once what a page has is there ({@link page}). */
export async function loadScreens(): Promise<Screens> {
  const parts = [
    'console/src/app.ts',
    'console/src/session.ts',
    'console/src/case.ts',
    'console/src/case-headline.ts',
    'console/src/case-clock.tsx',
    'console/src/cause.ts',
    'console/src/contact.tsx',
    'console/src/held-photos.ts',
    'console/src/board.ts',
    'phone/src/entries.ts',
    'phone/src/review.ts',
  ];
  const loaded = await Promise.all(parts.map((path) => import(/* @vite-ignore */ `../../../examples/field/${path}`)));
  screens = Object.assign({}, ...loaded) as Screens;
  for (const locale of ['es-CR', 'en'] as const) await screens.loadLanguage(locale);
  return screens;
}

type Report = Extract<VisitEvent, { type: 'DiscrepancyReported' }>['data'];

const recorderOf = ({ data }: VisitEvent): Actor => {
  const { by, recordedBy = by } = data as Readonly<{ by: Actor; recordedBy?: Actor }>;
  return recordedBy;
};

/** The reports that are not settled. */
function openReports(log: readonly VisitEvent[]): readonly Report[] {
  const settled = new Set(log.flatMap(({ type, data }) => (type === 'DiscrepancySettled' ? [data.discrepancyId] : [])));
  return log.flatMap(({ type, data }) =>
    type === 'DiscrepancyReported' && !settled.has(data.discrepancyId) ? [data] : [],
  );
}

/** Events that the recorder of a reported act did not have: those of others after the events that they had seen. */
const unseenBy = (log: readonly VisitEvent[], { basedOn, by }: Report, on: number): readonly number[] =>
  [...log.keys()].slice(basedOn, on).filter((index) => {
    const { role, id } = recorderOf(log[index] as VisitEvent);
    return role !== by.role || id !== by.id;
  });

/** Instructions that the recorder of a report had to read, by the provider of the visit when they were given; none is read. */
const toRead = (log: readonly VisitEvent[], { by }: Report): readonly number[] => {
  let provider: unknown;
  return [...log.keys()].filter((index) => {
    const event = log[index] as VisitEvent;
    const wasTheirs = provider !== undefined && provider === by.id;
    if (event.type === 'VisitAssigned' || event.type === 'ProviderReassigned') provider = event.data.provider.id;
    const stops = ['cancel', 'reassign', 'reschedule', 'wait'];
    const isStop = event.type === 'InstructionGiven' && stops.includes(event.data.decision);
    return wasTheirs && (isStop || provider !== by.id);
  });
};

const isCenters = (event: VisitEvent | undefined) => event !== undefined && recorderOf(event).role === 'contact-center';

/** The sentences that were said, so that the law is not empty. */
export const said = new Map<string, number>();
const count = (sentence: string) => said.set(sentence, (said.get(sentence) ?? 0) + 1);

function checkCase(log: readonly VisitEvent[]): void {
  const found = screens.caseOf(log);
  if (found === null) return;
  const reports = openReports(log);
  const acts = reports.flatMap((report) =>
    report.acts.map((act, position) => {
      const unheld = unseenBy(log, report, act.on);
      const unread = toRead(log, report).filter((n) => n < report.basedOn && (log[n]?.data.at ?? '') <= act.data.at);
      return { ...act, position, report, unheld, unseen: [...unread, ...unheld] };
    }),
  );
  const own = acts.filter(({ twinOf }) => twinOf === undefined);
  const unseen = new Set(own.flatMap((act) => act.unseen));
  const unseenOfCenter = [...unseen].flatMap((index) => log[index] ?? []).filter(isCenters);
  const stops = new Set(reports.flatMap((report) => toRead(log, report).flatMap((index) => log[index] ?? [])));
  for (const [locale, noSignal, notSeen, away, heldUnread, nothingChanged, lacking] of [
    ['es-CR', 'sin señal', 'no lo vio', 'no le había llegado', 'en su teléfono', 'no cambió nada', 'le faltaba algo'],
    [
      'en',
      'without a signal',
      'they did not see',
      'had not reached them',
      'on their phone',
      'changed nothing',
      'was missing',
    ],
  ] as const) {
    screens.choose(locale);
    const headline = screens.headlineOf(found);
    const says = (text: string) => {
      if (headline.includes(text)) count(text);
      return headline.includes(text);
    };
    if (own.length > 0)
      expect([headline, says(noSignal)]).toEqual([headline, own.every((act) => act.unheld.length > 0)]);
    const isTold = (event: VisitEvent) => headline.includes(screens.hour(event.data.at));
    if (says(notSeen)) expect(unseenOfCenter.filter((event) => stops.has(event)).some(isTold), headline).toBe(true);
    if (says(away)) expect(unseenOfCenter.filter((event) => !stops.has(event)).some(isTold), headline).toBe(true);
    if (says(heldUnread)) expect([...stops].some(isTold), headline).toBe(true);
    if (says(nothingChanged)) expect(unseenOfCenter, headline).toEqual([]);
    if (says(lacking)) expect([headline, own.every(({ lawfulThen }) => lawfulThen)]).toEqual([headline, false]);
    for (const moment of found.moments) {
      const text = screens.unseenText(moment);
      if (text !== '')
        count(
          text
            .replace(/\d+/, 'n')
            .replace(/acts\b/, 'act')
            .replace('actos', 'acto'),
        );
      if (moment.one !== undefined) {
        const { discrepancyId, position } = moment.one.act;
        const act = acts.find((one) => one.report.discrepancyId === discrepancyId && one.position === position);
        const missed = act?.unseen.filter((place) => (log[place]?.data.at ?? '') <= moment.at).length;
        expect([text, Number(/\d+/.exec(text)?.[0] ?? 0)]).toEqual([text, missed]);
      } else if (moment.event !== undefined) {
        const index = log.indexOf(moment.event);
        expect([index, text !== '']).toEqual([index, isCenters(moment.event) && unseen.has(index)]);
        if (text.includes(notSeen) || text.includes(heldUnread)) expect(stops.has(moment.event)).toBe(true);
        if (text.includes(away)) expect(stops.has(moment.event)).toBe(false);
        if (text.includes(heldUnread)) expect(own.some(({ unheld }) => unheld.includes(index))).toBe(false);
      }
    }
    const received = log.filter(({ type, data }) => type === 'DiscrepancyReported' && reports.includes(data as Report));
    expect(screens.learntAt(found.acts)).toContain(screens.hour(received.at(-1)?.metadata?.recordedAt ?? ''));
  }
  const cause = screens.causeOf({ events: log }, found);
  count(`cause ${cause}`);
  if (cause === 'signal') expect(own.every((act) => act.unheld.length > 0)).toBe(true);
  const turns: Readonly<Record<string, EventType>> = {
    cancelled: 'InstructionGiven',
    reassigned: 'ProviderReassigned',
    closed: 'VisitClosed',
  };
  const turn = turns[cause];
  if (turn !== undefined)
    expect(unseenOfCenter.some(({ type }) => type === turn || type === 'InstructionGiven')).toBe(true);
}

function checkPhone(log: readonly VisitEvent[], pending: readonly object[], actorId: Id): void {
  const visit = { events: log, own: [], pending };
  const own = log.filter((event) => recorderOf(event).id === actorId);
  const onRecord = new Set(own.map(({ metadata }) => metadata?.commandId));
  for (const { id, status } of screens.entriesOf(visit, actorId, (type) => commandTypes[eventTypes.indexOf(type)])) {
    count(`entry ${status}`);
    if (status === 'sent') expect(onRecord.has(id)).toBe(true);
    if (status === 'review')
      expect(openReports(log).some(({ acts }) => acts.some(({ commandId }) => commandId === id))).toBe(true);
    if (status === 'waiting') expect(pending.some((one) => JSON.stringify(one).includes(`"${id}"`))).toBe(true);
  }
  if (!screens.hasUnaware(visit, actorId)) return;
  count('changed');
  const bounds = [
    ...(pending as { basedOn: number }[]).map(({ basedOn }) => [basedOn, log.length] as const),
    ...openReports(log).flatMap(({ basedOn, acts }) => acts.map(({ on }) => [basedOn, on] as const)),
  ];
  const stops: readonly EventType[] = ['ProviderReassigned', 'InstructionGiven', 'MaterialsCoordinated'];
  const isStop = (event: VisitEvent | undefined) => event !== undefined && stops.includes(event.type);
  expect(bounds.some(([from, to]) => log.slice(from, to).some(isStop))).toBe(true);
}

function checkSeen(visitId: Id, events: readonly VisitEvent[], seen: number): void {
  const state = replay(events);
  const { provider } = state;
  if (provider === null) return;
  screens.contacts.value = new Map([[provider.id, { at: '', seen: new Map([[visitId, seen]]) }]]);
  for (const [index, event] of events.entries()) {
    const isSeen = screens.isSeen({ visitId, events, state }, event, index);
    if (isSeen !== null) count(`seen ${isSeen}`);
    if (isSeen !== null) expect(isSeen).toBe(index < seen);
  }
}

/** Compares the words of the console on photographs, of which the server has some, and was not asked for some. */
function checkPhotos(visitId: Id, events: readonly VisitEvent[], seed: number): void {
  const ids = (type: 'PhotosSubmitted' | 'PhotosDocumented') =>
    new Set(events.flatMap((event) => (event.type === type ? event.data.photoIds : [])));
  const [said, filed] = [ids('PhotosSubmitted'), ids('PhotosDocumented')];
  const photos = screens.toDocument({ visitId, events, state: replay(events) });
  expect(photos.filter(({ photoId }) => !said.has(photoId) || filed.has(photoId))).toEqual([]);
  const standing = photos.map((photo, place) => ({ photo, isHere: [true, false, undefined][(seed + place) % 3] }));
  const held = new Map(standing.flatMap(({ photo, isHere }) => (isHere === undefined ? [] : [[photo.sha256, isHere]])));
  const here = standing.filter(({ isHere }) => isHere === true).map(({ photo }) => photo.photoId);
  expect(screens.heldIn(photos, held)).toEqual(here);
  for (const { photo, isHere } of standing) {
    const text = screens.absence(photo, held);
    if (text !== '') count('a photograph that has not arrived');
    expect([photo, text !== '']).toEqual([photo, isHere === false]);
  }
  const [counted = '', absent = '0'] = screens.chosenText(photos, held, [...said]).match(/\d+/g) ?? [];
  const lacking = standing.filter(({ isHere }) => isHere === false).length;
  expect([Number(counted), Number(absent)]).toEqual([here.length, lacking]);
}

/** A visit as the server recorded it, request by request, with what the phone had meanwhile. */
function play(visit: SimulatedVisit, seed: number): void {
  let log: readonly VisitEvent[] = [];
  const goOn = (length: number) => {
    log = visit.events.slice(0, log.length + length);
  };
  const providers = new Set(
    visit.events.flatMap((event) => (recorderOf(event).role === 'provider' ? [recorderOf(event).id] : [])),
  );
  for (const request of visit.requests) {
    if (request.kind === 'batch') {
      const [first] = request.commands;
      const actorId = first?.metadata.actor.id ?? '';
      const pending = request.commands.map((command) => ({ command, basedOn: request.basedOn }));
      checkPhone(log, pending, actorId);
      const answer = reconcile({ log, basedOn: request.basedOn, commands: request.commands });
      if (answer.ok) goOn(answer.events.length);
      checkCase(log);
      checkSeen(visit.visitId, log, request.basedOn);
    } else goOn(request.kind === 'settlement' ? request.command.data.taken.length + 1 : 1);
    for (const id of providers) checkPhone(log, [], id);
    checkPhotos(visit.visitId, log, seed + log.length);
  }
  expect(log).toEqual(visit.events);
  playAnyway(visit.events, visit.commands, seed);
}

/** The provider does, at some point of the visit, what the phone refuses or what the center would have refused, with a signal or without. */
function playAnyway(events: readonly VisitEvent[], commands: readonly VisitCommand[], seed: number): void {
  const length = 2 + (seed % (events.length - 2));
  const log = events.slice(0, length);
  const { provider } = replay(log);
  const later = commands.filter(({ metadata: { actor } }) => actor.role === 'provider' && actor.id === provider?.id);
  const refused = later.filter((command) => !decide(command, replay(log)).ok).slice(seed % 3, (seed % 3) + 2);
  const despite = { by: 'Marta', reason: 'Por teléfono' };
  const batch = refused.map(
    ({ metadata, ...command }, nth) =>
      ({
        ...command,
        metadata: { ...metadata, commandId: `anyway-${nth}`, ...(seed % 2 === 0 && { despite }) },
      }) as VisitCommand,
  );
  const basedOn = Math.max(1, length - (seed % 4));
  const answer = reconcile({ log, basedOn, commands: batch });
  if (!answer.ok || answer.events.length === 0) return;
  const recordedAt = new Date(Date.parse(log.at(-1)?.metadata?.recordedAt ?? '') + 60_000).toISOString();
  const stored = answer.events.map(
    (event) => ({ ...event, metadata: { ...event.metadata, recordedAt } }) as VisitEvent,
  );
  checkCase([...log, ...stored]);
  checkPhone([...log, ...stored], [], provider?.id ?? '');
}

/** Plays simulated visits on the view functions of both screens, and compares what these say with the logs. */
export function playOnScreens(visits: number): void {
  let seed = 0;
  for (const visit of simulate({ visits, seed: 36, mix: { ...offlineMix, offline: 0.7, conflict: 0.5 } })) {
    play(visit, seed);
    seed += 1;
  }
}
