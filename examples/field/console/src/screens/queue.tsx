import { useState } from 'preact/hooks';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import { lengthOf } from '../../../ui/time.ts';
import { clock, now, t } from '../app.ts';
import { connection, queue } from '../board.ts';
import { useKeys } from '../keys.ts';
import { type Group, isOverdue, limitOf, type Row, type Waiting } from '../queue.ts';
import { hrefOf } from '../route.ts';
import { Rows } from '../rows.tsx';

const groups = ['door', 'discrepancy', 'receipt'] as const;
const icons: Readonly<Record<Group, IconName>> = { door: 'hand', discrepancy: 'warn', receipt: 'note' };

/** Who waits for the center: people first, then discrepancies, then receipts; the oldest first. */
export function Queue() {
  const words = t();
  const [chosen, choose] = useState<Group | null>(null);
  const all = queue.value;
  const shown = chosen === null ? all : all.filter(({ group }) => group === chosen);
  useKeys({
    t: () => choose(null),
    a: () => choose('door'),
    d: () => choose('discrepancy'),
    c: () => choose('receipt'),
  });
  const counts = groups.map((group) => [group, all.filter((one) => one.group === group).length] as const);
  const keys = { door: 'A', discrepancy: 'D', receipt: 'C' } as const;
  return (
    <main class="screen">
      <div class="head">
        <h1>{words.waiting}</h1>
        <div class="filters">
          <button type="button" aria-pressed={chosen === null} onClick={() => choose(null)}>
            <kbd>T</kbd> {words.all} <b>{all.length}</b>
          </button>
          {counts.map(([group, count]) => (
            <button type="button" key={group} aria-pressed={chosen === group} onClick={() => choose(group)}>
              <kbd>{keys[group]}</kbd> {words.groups(group)} <b>{count}</b>
            </button>
          ))}
        </div>
      </div>
      {shown.length === 0 ? (
        <p class="empty">{connection.value === 'opening' ? words.loading : words.nobodyWaits}</p>
      ) : (
        <Rows
          items={shown}
          keyOf={({ key }) => key}
          hrefOf={({ row, group }) => hrefOf(group === 'discrepancy' ? 'case' : 'visit', row.visitId)}
          classOf={({ group }) => `entry ${group}`}
          render={(one) => <QueueRow waiting={one} />}
          label={words.waiting}
        />
      )}
    </main>
  );
}

function QueueRow({ waiting: { row, debt, group, count } }: { waiting: Waiting }) {
  const words = t();
  const limit = limitOf(debt);
  const isLate = isOverdue(debt, now.value);
  return (
    <>
      <span class="mark">
        <Icon name={icons[group]} />
      </span>
      <span class="what">
        <b>{words.debts(debt)}</b>
        <small>{[words.several(count), subject(row)].filter(Boolean).join(' · ')}</small>
      </span>
      <span class="who">
        {row.provider?.name}
        <small>{words.phases(row.phase)}</small>
      </span>
      <span class={isLate ? 'age late' : 'age'}>
        <b>{lengthOf(Math.max(0, now.value - Date.parse(debt.since)))}</b>
        <small>{isLate && limit !== null ? words.overdue(lengthOf(limit)) : clock(debt.since)}</small>
      </span>
    </>
  );
}

/** Whose visit it is, as the operator would say it. */
export function subject({ client, caseNumber, service, place }: Row): string {
  return [client, caseNumber, service, place].filter(Boolean).join(' · ');
}
