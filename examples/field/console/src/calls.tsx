/** Calls by one touch: the browser hands the number to the telephone, and the hour is kept for the act that needs it. */
import { signal } from '@preact/signals';
import type { Instant } from 'auxilio';
import { useEffect, useState } from 'preact/hooks';
import type { TelephonesReply } from '../../server/telephones.ts';
import { Icon } from '../../ui/icon.tsx';
import { get, visitPath } from './api.ts';
import { hour, instant, t } from './app.ts';
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

type CallLinkProps = Readonly<{ number: string | null; visitId: string; to: Callee; name: string; isShort?: boolean }>;

/** A link that calls; nothing without a number. */
export function CallLink({ number, visitId, to, name, isShort = false }: CallLinkProps) {
  if (number === null) return null;
  const label = t().callTo(name);
  const note = () => {
    calls.value = [...calls.peek(), { visitId, to, at: instant() }].slice(-50);
  };
  return (
    <a
      class={`call ${to}`}
      href={`tel:${number}`}
      onClick={note}
      aria-label={isShort ? label : `${label}: ${number}`}
      title={number}
    >
      <Icon name="call" /> {!isShort && number}
    </a>
  );
}

/** The hour of the call that will stand in the act. */
export function CalledAt({ visitId, to }: { visitId: string; to: Callee }) {
  const at = callFrom(visitId, to);
  return at === null ? null : <small>{t().calledAt(hour(at))}</small>;
}

const noNumbers: TelephonesReply = { provider: null, client: null };

/** The numbers of those who are at a visit; none until those of another provider, or of another case, are known. */
export function useTelephones({ visitId, state }: Log, isReader: boolean): TelephonesReply {
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
  }, [visitId, isReader, state.provider?.id, state.caseNumber]);
  return numbers;
}
