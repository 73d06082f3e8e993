/** Calls by one touch: the browser hands the number to the telephone, and the hour is kept for the act that needs it. */
import { signal } from '@preact/signals';
import type { Instant } from 'auxilio';
import type { BoardWait } from 'auxilio/service';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TelephonesReply } from '../../server/telephones.ts';
import { Icon } from '../../ui/icon.tsx';
import { goTo, hrefOf } from '../../ui/route.ts';
import { get, post, visitPath } from './api.ts';
import { hour, instant, say, t } from './app.ts';
import { resets } from './board.ts';
import type { Log } from './visit-log.ts';

export type Callee = keyof TelephonesReply;

type Call = Readonly<{ visitId: string; to: Callee; at: Instant }>;

const calls = signal<readonly Call[]>([]);

/** The time for which a call counts as the contact of the act that is recorded next. */
const freshMs = 15 * 60_000;

/** The hour of the last call from a visit; null if there was none lately. */
export function callFrom(visitId: string, to: Callee): Instant | null {
  const last = calls.value.findLast((call) => call.visitId === visitId && call.to === to);
  return last !== undefined && Date.now() - Date.parse(last.at) < freshMs ? last.at : null;
}

/** Forgets the calls of a visit: an act that asks for one is on record, and the next one has its own. */
export function forgetCalls(visitId: string, to: Callee): void {
  calls.value = calls.peek().filter((call) => call.visitId !== visitId || call.to !== to);
}

function noteCall(visitId: string, to: Callee): void {
  calls.value = [...calls.peek(), { visitId, to, at: instant() }].slice(-50);
}

type CallLinkProps = Readonly<{ number: string | null; visitId: string; to: Callee; name: string; isShort?: boolean }>;

/** A link that calls; nothing without a number. */
export function CallLink({ number, visitId, to, name, isShort = false }: CallLinkProps) {
  if (number === null) return null;
  const label = t().callTo(name);
  return (
    <a
      class={`call ${to}`}
      href={`tel:${number}`}
      onClick={() => noteCall(visitId, to)}
      aria-label={isShort ? label : `${label}: ${number}`}
      title={number}
    >
      <Icon name="call" /> {!isShort && number}
    </a>
  );
}

/** Debts that a call to the client settles; for all else the provider is called. */
export const toClient: ReadonlySet<string> = new Set<BoardWait['for']>([
  'notify-delay',
  'notify-provider-change',
  'supply-materials',
  'coordinate-materials',
]);

type CallClientProps = Readonly<{ visitId: string; name: string }>;

/** A link that calls the client of a visit, whose number is asked for at the touch; it opens the visit, if none is known. */
export function CallClient({ visitId, name }: CallClientProps) {
  const [number, setNumber] = useState<string | null>(null);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (number !== null) link.current?.click();
  }, [number]);
  async function call(event: Event) {
    if (number !== null) return noteCall(visitId, 'client');
    event.preventDefault();
    const answer = await get<TelephonesReply>(`${visitPath(visitId)}/telephones`);
    if (answer.ok && answer.value.client !== null) setNumber(answer.value.client);
    else goTo('visit', visitId);
  }
  return (
    <a
      ref={link}
      class="call client"
      href={number === null ? hrefOf('visit', visitId) : `tel:${number}`}
      onClick={call}
      aria-label={t().callTo(name)}
      title={number ?? undefined}
    >
      <Icon name="call" />
    </a>
  );
}

/** The hour of the call that will stand in the act. */
export function CalledAt({ visitId, to }: { visitId: string; to: Callee }) {
  const at = callFrom(visitId, to);
  return at === null ? null : <small class="called">{t().calledAt(hour(at))}</small>;
}

export const noNumbers: TelephonesReply = { provider: null, client: null };

/** The numbers of those who are at a visit; none until those of another provider, or of another case, are known. */
export function useTelephones({ visitId, state }: Log, isReader: boolean) {
  const [numbers, setNumbers] = useState(noNumbers);
  useEffect(() => {
    if (isReader) return;
    let isGone = false;
    get<TelephonesReply>(`${visitPath(visitId)}/telephones`).then((answer) => {
      if (answer.ok && !isGone) setNumbers(answer.value);
    });
    return () => {
      isGone = true;
      setNumbers(noNumbers);
    };
  }, [visitId, isReader, resets.value, state.provider?.id, state.caseNumber]);
  return [numbers, setNumbers] as const;
}

/** Notes the number of a client of whom none is known. */
export function ClientNumber({ visitId, noted }: { visitId: string; noted: (numbers: TelephonesReply) => void }) {
  const words = t();
  async function note(event: SubmitEvent) {
    event.preventDefault();
    const client = new FormData(event.currentTarget as HTMLFormElement).get('client');
    const answer = await post<TelephonesReply>(`${visitPath(visitId)}/telephones`, { client });
    if (answer.ok) noted(answer.value);
    else say(answer.title || words.cannotReach);
  }
  return (
    <form class="inline" onSubmit={note}>
      <input type="tel" name="client" required aria-label={words.clientNumber} placeholder={words.clientNumber} />
      <button type="submit">{words.noteNumber}</button>
    </form>
  );
}
