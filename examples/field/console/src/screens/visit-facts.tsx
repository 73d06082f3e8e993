import { worked } from 'auxilio/core';
import { type BoardWait, boardProjection, waitingVisit } from 'auxilio/service';
import type { TelephonesReply } from '../../../server/telephones.ts';
import { returnOf } from '../../../ui/returning.ts';
import { lengthOf } from '../../../ui/time.ts';
import { now, policy, stillOpen, t, when } from '../app.ts';
import { CalledAt, type Callee, CallLink, toClient } from '../calls.tsx';
import { heardText } from '../contact.tsx';
import { ReportLink } from '../report-link.tsx';
import { session } from '../session.ts';
import type { Log } from '../visit-log.ts';

export function Debts({ log, numbers }: { log: Log; numbers: TelephonesReply }) {
  const words = t();
  const waits = waitsOf(log, now.value);
  return (
    <section aria-labelledby="debts">
      <h2 id="debts">{words.pending}</h2>
      {waits.length === 0 && <p class="hint">{words.nothingPending}</p>}
      <ul class="debts">
        {waits.map((wait) => {
          const { limitMs, ageMs, overdue } = wait;
          const notes = [limitMs ? words.limit(lengthOf(limitMs)) : '', words.owedBy(wait.of)].filter(Boolean);
          return (
            <li key={`${wait.for} ${wait.about ?? ''}`} class={overdue ? 'late' : ''}>
              <b>{words.waits(wait)}</b>
              <DebtCall log={log} numbers={numbers} to={toClient.has(wait.for) ? 'client' : 'provider'} />
              <span>
                {lengthOf(ageMs)} <small>{notes.length > 0 && `· ${notes.join(' · ')}`}</small>
              </span>
              {wait.passed !== undefined && <small class="passed">{stillOpen(wait.passed)}</small>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type DebtCallProps = Readonly<{ log: Log; numbers: TelephonesReply; to: Callee }>;

/** A call to the one with whom a debt is settled. */
const DebtCall = ({ log: { visitId, state }, numbers, to }: DebtCallProps) => (
  <CallLink number={numbers[to]} visitId={visitId} to={to} name={state[to]?.name ?? ''} isShort />
);

/** The debts of a visit, the oldest first. */
function waitsOf({ visitId, state, events }: Log, at: number): readonly BoardWait[] {
  const row = boardProjection.row({ streamName: visitId, state, events, integrity: { status: 'unverified' } });
  return row === null ? [] : waitingVisit(row, new Date(at).toISOString(), policy).waits;
}

/** The time by which the provider is expected, or at which they said that they come back, in words. */
function comingIn({ state: { arriveBy, arrival, phase }, events }: Log): string | undefined {
  const words = t();
  if (arrival.arrivedAt !== null || phase === 'closed' || phase === 'completed') return undefined;
  const returning = phase === 'away' ? returnOf(events) : null;
  if (returning === null) return arriveBy === null ? undefined : words.arriveBy(when(arriveBy));
  return returning && words.returns(when(returning));
}

export function Facts({ log, number }: { log: Log; number: string | null }) {
  const words = t();
  const { state } = log;
  const { provider, instructions } = state;
  const coming = comingIn(log);
  const { workedMs, running } = worked(state, new Date(now.value).toISOString());
  return (
    <section>
      <h2>{words.provider}</h2>
      <dl class="facts">
        <dt class="hidden">{words.provider}</dt>
        <dd>
          <b>{provider?.name}</b> <small>{provider?.id}</small>
          {/* Only the center hears of the phones. */}
          {session.value?.role !== 'payer' && <p>{heardText(log)}</p>}
          <p>
            <CallLink number={number} visitId={log.visitId} to="provider" name={provider?.name ?? ''} />{' '}
            <CalledAt visitId={log.visitId} to="provider" />
          </p>
        </dd>
        {coming !== undefined && (
          <>
            <dt class="hidden">{words.when}</dt>
            <dd>{coming}</dd>
          </>
        )}
        <dt>{words.worked}</dt>
        <dd>
          {lengthOf(workedMs)} {running && <small>{words.stillRunning}</small>}
        </dd>
      </dl>
      {instructions !== null && <p>{instructions}</p>}
      <p>
        <ReportLink visitId={log.visitId} text={words.report} />
      </p>
    </section>
  );
}
