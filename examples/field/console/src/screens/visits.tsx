import type { Phase } from 'auxilio';
import { useState } from 'preact/hooks';
import { hrefOf } from '../../../ui/route.ts';
import { lengthOf } from '../../../ui/time.ts';
import { clock, now, t } from '../app.ts';
import { connection, contacts, heldBy, rows } from '../board.ts';
import { silentMs } from '../contact.tsx';
import { isLate, oldestOf, type Row } from '../queue.ts';
import { Rows } from '../rows.tsx';
import { Holder, Reached, subject } from './queue.tsx';

const filters = ['open', 'owing', 'unclaimed', 'silent', 'lateOnes'] as const;

const takes: Readonly<Record<(typeof filters)[number], (row: Row) => boolean>> = {
  open: () => true,
  owing: ({ debts }) => debts.length > 0,
  unclaimed: ({ visitId, debts }) => debts.length > 0 && heldBy(visitId, now.value) === null,
  silent: ({ provider, phase }) => isAtWork(phase) && isSilent(provider?.id ?? ''),
  lateOnes: (row) => isLate(row, now.value),
};

/** Phases in which a phone is expected to be heard of. */
const isAtWork = (phase: Phase) =>
  phase !== 'completed' && phase !== 'closed' && phase !== 'away' && phase !== 'unassigned';

function isSilent(providerId: string): boolean {
  const contact = contacts.value.get(providerId);
  return contact === undefined || now.value - Date.parse(contact.at) > silentMs;
}

/** Orders visits: what is owed for longest first, then those that are expected first. */
function byAge(one: Row, other: Row): number {
  const [since, otherSince] = [oldestOf(one) ?? '9', oldestOf(other) ?? '9'];
  if (since !== otherSince) return since < otherSince ? -1 : 1;
  return (one.arriveBy ?? '') < (other.arriveBy ?? '') ? -1 : 1;
}

/** All visits of the board by age. */
export function Visits() {
  const words = t();
  const [chosen, choose] = useState<(typeof filters)[number]>('open');
  const all = [...rows.value.values()];
  const shown = all.filter(takes[chosen]).sort(byAge);
  return (
    <main class="screen">
      <div class="head">
        <h1>{words.visits}</h1>
        <div class="filters">
          {filters.map((name) => (
            <button type="button" key={name} aria-pressed={chosen === name} onClick={() => choose(name)}>
              {words[name]} <b>{all.filter(takes[name]).length}</b>
            </button>
          ))}
        </div>
      </div>
      {shown.length === 0 ? (
        <p class="empty">{connection.value === 'opening' ? words.loading : words.noneHere}</p>
      ) : (
        <Rows
          items={shown}
          keyOf={({ visitId }) => visitId}
          hrefOf={({ visitId }) => hrefOf('visit', visitId)}
          classOf={() => 'entry'}
          render={(row) => <VisitRow row={row} />}
          label={words.visits}
        />
      )}
    </main>
  );
}

function VisitRow({ row }: { row: Row }) {
  const words = t();
  const oldest = oldestOf(row);
  const late = isLate(row, now.value);
  return (
    <>
      <span class={`phase ${row.phase}`}>{words.phases(row.phase)}</span>
      <span class="what">
        <b>{subject(row)}</b>
        <small>{row.debts.map(({ kind, about }) => words.waits({ for: kind, about })).join(' · ')}</small>
      </span>
      <span class="who">
        {row.provider?.name}
        <Reached row={row} />
      </span>
      <Holder visitId={row.visitId} />
      <span class={late ? 'age late' : 'age'}>
        {oldest !== null && <b>{lengthOf(Math.max(0, now.value - Date.parse(oldest)))}</b>}
        <small>{late ? words.late : row.arriveBy !== null && clock(row.arriveBy)}</small>
      </span>
    </>
  );
}
