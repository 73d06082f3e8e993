/** The replica of the user, and what the screens show of it. Loaded after the first paint: the wire's schemas come with it. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { CommandType, EventType, Guide, Instant, Locale, Policy, VisitState } from 'auxilio';
import { commandTypes, eventTypes, guide, type Language, lines } from 'auxilio/core';
import type { FormOptions, FormWords } from 'auxilio/forms';
import { indexedDbDeviceKey, indexedDbReplicaStore } from 'auxilio/indexeddb';
import {
  type ActAnswer,
  type ActCommand,
  type ActOptions,
  createReplica,
  httpRemote,
  type Replica,
  type ReplicaStatus,
  type ReplicaVisit,
} from 'auxilio/replica';
import { parseCommand, parsePolicy } from 'auxilio/wire';
import { followClientNumbers } from './clients.ts';
import { followDoors } from './doors.ts';
import { askWhileLost } from './reach.ts';
import { deviceName, headers, isExpired, renewPolicy, type Session } from './session.ts';
import { isOpen, showVisits } from './shown-visits.ts';
import { followChanges } from './stream.ts';
import { dropUnnamed } from './unnamed-photos.ts';

export type Phone = Readonly<{
  replica: Replica;
  actorId: string;
  language: Language;
  forms: FormWords;
  /** All visits on the phone, those that are open first, by the time at which the provider is expected. */
  visits: ReadonlySignal<readonly ReplicaVisit[]>;
  status: ReadonlySignal<ReplicaStatus>;
  /** True once the browser or another window has closed the store: nothing is saved any more. */
  isClosed: ReadonlySignal<boolean>;
  /** The last act, as long as it can be undone or is to be confirmed on the screen. */
  last: ReadonlySignal<LastAct | null>;
  /** Records an act; what was recorded is shown, and can be undone for some seconds. `leave` goes to the screen that shows it first. */
  act(command: ActCommand, options?: ActOptions, leave?: () => void): Promise<ActAnswer>;
  /** Takes an act back that is not sent yet, whichever screen asks for it. */
  undo(visitId: string, commandId: string): ReturnType<Replica['undo']>;
  /** The acts that the provider may record in a visit, and why not the others; without words, which {@link Phone.lines} has. */
  guide(visit: ReplicaVisit): Guide;
  /** The words to say around an act, and what to ask for. */
  lines(command: CommandType, visit: ReplicaVisit): ReturnType<typeof lines>;
  /** The rules that the policy or an instruction waives for a visit. */
  waivers(visit: ReplicaVisit): NonNullable<FormOptions['waivers']>;
  /** The acts that are on record in a visit, or wait. */
  recorded(visit: ReplicaVisit): ReadonlySet<CommandType>;
  /** The act that an event records. */
  commandOf(event: EventType): CommandType | undefined;
  close(): void;
}>;

export type LastAct = Readonly<{ visitId: string; type: ActCommand['type']; commandId: string; until: number }>;

const undoMs = 8_000;
/** The time for which a photograph that nothing names is kept, in milliseconds. */
const unnamedMs = 3_600_000;
/** The longest time after which a phone syncs that has a network again, in milliseconds: *no signal* is to go within two seconds. */
const reconnectJitterMs = 1_000;

const journalWorker = () => new Worker(new URL('./journal-worker.ts', import.meta.url), { type: 'module' });

export const now = (): Instant => new Date().toISOString();

/** The words of one language; those of the other are not loaded. */
async function wordsOf(locale: Locale): Promise<{ language: Language; forms: FormWords }> {
  if (locale === 'en') {
    const [{ en }, { forms }] = await Promise.all([import('auxilio/en'), import('./forms-en.ts')]);
    return { language: en, forms };
  }
  const [{ esCR }, { forms }] = await Promise.all([import('auxilio/es-CR'), import('./forms-es-cr.ts')]);
  return { language: esCR, forms };
}

const commandOf = (event: EventType): CommandType | undefined => commandTypes[eventTypes.indexOf(event)];

/** True for the name of an act, which an address may have wrong. */
export const isAct = (name: string): name is CommandType => (commandTypes as readonly string[]).includes(name);

/** Asks that the browser keep the visits; it may still remove them when the user clears its data. */
async function persist(): Promise<void> {
  if ((await navigator.storage?.persisted?.()) === false) await navigator.storage.persist();
}

/** Does what the first touches would wait for while the phone is idle, so that they are as fast as the later ones. */
function warmUp(tasks: readonly (() => void)[]): void {
  const idle =
    window.requestIdleCallback ??
    ((callback) => setTimeout(() => callback({ didTimeout: false, timeRemaining: () => 8 })));
  const left = [...tasks];
  const work = (deadline: IdleDeadline) => {
    while (left.length > 0 && deadline.timeRemaining() > 4) left.shift()?.();
    if (left.length > 0) idle(work);
  };
  idle(work);
}

/** Installs a new version of the phone, if the server has one: it opens once this one is closed. */
async function lookForVersion(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.update();
}

/**
 * Fetches, and notes whether the server knows the session: something in between may have said that it does not, and who enters in
 * another window enters here, too. A server that wants a later release has it.
 */
async function fetchInSession(...request: Parameters<typeof fetch>): Promise<Response> {
  const reply = await fetch(...request);
  const isServed = reply.ok && reply.headers.get('content-type')?.startsWith('application/json');
  if (reply.status === 401 || isServed) isExpired.value = !isServed;
  if (reply.status === 426) void lookForVersion().catch(console.error);
  return reply;
}

/** The policy to judge by, as far as this release can read it: the visits open in any case. */
function readPolicy(given: unknown): { policy?: Policy } {
  if (given === undefined) return {};
  const parsed = parsePolicy(given);
  if (parsed.ok) return { policy: parsed.value };
  console.error('The policy of the center cannot be read', parsed.issues);
  return {};
}

/** Opens the visits of a person on this phone. */
export async function openPhone({ actorId, locale, policy }: Session): Promise<Phone> {
  const { language, forms } = await wordsOf(locale);
  const judged = readPolicy(policy);
  const isClosed = signal(false);
  const onClose = () => {
    isClosed.value = true;
  };
  const replica = createReplica({
    ...indexedDbDeviceKey({ name: 'visits' }),
    store: indexedDbReplicaStore({ name: 'visits', encrypted: true, onClose, journalWorker }),
    remote: httpRemote({
      url: `${location.origin}/api`,
      headers: { ...headers, 'accept-language': locale },
      fetch: fetchInSession,
    }),
    actor: { role: 'provider', id: actorId },
    device: deviceName(),
    undoMs,
    ...judged,
  });
  const { visits, readAll, adopt, reread } = showVisits(replica, actorId);
  const status = signal(replica.status);
  const last = signal<LastAct | null>(null);

  const failed = (error: unknown) => console.error(error);
  const unsubscribe = replica.subscribe((change) => {
    status.value = change.status;
    if (change.visitId !== null) reread(change.visitId);
  });
  const guides = new WeakMap<VisitState, Guide>();
  await readAll();
  void persist().catch(failed);
  void dropUnnamed(replica, visits.peek(), new Date(Date.now() - unnamedMs).toISOString()).catch(failed);
  const stop = replica.start({ reconnectJitterMs });
  const sync = () => void replica.sync();
  const endAsking = askWhileLost({
    status,
    mayAsk: () => !document.hidden && navigator.onLine,
    sync: () => replica.sync(),
  });
  const ofVisits = [followClientNumbers, followDoors].map((follow) => follow({ actorId, visits, status }));
  const leave = followChanges(sync, () => {
    for (const { renew } of ofVisits) renew();
    void renewPolicy((policy) => parsePolicy(policy).ok).catch(failed);
    void lookForVersion().catch(failed);
  });
  let wasExpired = isExpired.peek();
  const forget = isExpired.subscribe((isOut) => {
    if (wasExpired && !isOut) sync();
    wasExpired = isOut;
  });

  const phone: Phone = {
    replica,
    actorId,
    language,
    forms,
    visits,
    status,
    isClosed,
    last,
    async act(command, options, leave) {
      const answer = await replica.act(command, options);
      if (!answer.ok) return answer;
      leave?.();
      adopt(answer.visit);
      const { commandId } = answer;
      const act = { visitId: answer.visit.visitId, type: command.type, commandId, until: Date.now() + undoMs };
      last.value = act;
      setTimeout(() => {
        if (last.peek() === act) last.value = null;
      }, undoMs);
      return answer;
    },
    async undo(visitId, commandId) {
      const answer = await replica.undo(commandId);
      if (last.peek()?.commandId === commandId) last.value = null;
      adopt(await replica.visit(visitId));
      return answer;
    },
    guide({ local }) {
      const known = guides.get(local);
      if (known !== undefined) return known;
      const made = guide(local, { role: 'provider', actorId, ...judged });
      guides.set(local, made);
      return made;
    },
    lines: (command, { local }) => lines(command, local, { role: 'provider', language, now: now(), ...judged }),
    waivers: ({ local }) => [...(judged.policy?.waive ?? []), ...local.waivers],
    recorded: ({ events, own, pending }) =>
      new Set([
        ...[...events, ...own].flatMap(({ type }) => commandOf(type) ?? []),
        ...pending.filter(({ withheld }) => withheld === undefined).map(({ command }) => command.type),
      ]),
    commandOf,
    close() {
      leave();
      endAsking();
      for (const { stop } of ofVisits) stop();
      forget();
      stop();
      unsubscribe();
      replica.close();
    },
  };
  const open = visits.peek().filter((visit) => isOpen(visit, actorId));
  warmUp([
    ...open.map((visit) => () => void phone.guide(visit)),
    // The schemas of the acts are built when they are first used.
    ...commandTypes.map((type) => () => void parseCommand({ type, data: {} })),
  ]);
  return phone;
}
