import type { UnpaidVisit as Queued } from 'auxilio/service';
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FieldPayment } from '../../../server/read-models.ts';
import { withErased } from '../../../ui/erased.ts';
import { hrefOf } from '../../../ui/route.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { joined } from '../../../ui/text.ts';
import { lengthOf } from '../../../ui/time.ts';
import { Title } from '../../../ui/title.tsx';
import { type Answer, get, post } from '../api.ts';
import { namedEvent, say, t, when } from '../app.ts';
import { useKeys } from '../keys.ts';
import { useLeft } from '../left.ts';
import { ReportLink } from '../report-link.tsx';
import { session } from '../session.ts';
import { endOf, sheetOf } from '../sheet.ts';

/** A visit of the queue, with its client and its service. */
export type UnpaidVisit = Queued & FieldPayment;

type Page = Readonly<{ visits: readonly UnpaidVisit[]; next: string | null }>;

/** The parts of the queue, each with its key. */
const keysOfFilters = { payable: 'L', notYet: 'T', reopened: 'R', toJudge: 'V' } as const;
const filters = Object.keys(keysOfFilters) as readonly (keyof typeof keysOfFilters)[];

/** A visit with what is for the payer to judge: deviations, or a log that is not clean. */
const isToJudge = ({ violations, deviations }: UnpaidVisit) => violations + deviations > 0;

const takes: Readonly<Record<(typeof filters)[number], (visit: UnpaidVisit) => boolean>> = {
  payable: ({ payable }) => payable === true,
  notYet: ({ payable }) => payable !== true,
  reopened: ({ reopened }) => reopened !== undefined && reopened !== null,
  toJudge: isToJudge,
};

/** The time after which the list is read again: visits are completed, corrected and reopened meanwhile. */
const renewalMs = 30_000;

/** Orders visits: those first that were completed first. */
const byCompletion = (one: UnpaidVisit, other: UnpaidVisit) => (one.completedAt < other.completedAt ? -1 : 1);

/** Reads the first pages, at most so many. */
async function readPages(most: number): Promise<Answer<Page>> {
  const visits: UnpaidVisit[] = [];
  let next: string | null = '';
  for (let page = 0; page < most && next !== null; page += 1) {
    const answer: Answer<Page> = await get<Page>(`/payments?after=${encodeURIComponent(next)}`);
    if (!answer.ok) return answer;
    visits.push(...answer.value.visits);
    next = answer.value.next;
  }
  return { ok: true, value: { visits, next } };
}

/** The completed visits that are not paid: payable, not yet and what they lack, and those that were payable and were reopened. */
export function Payment() {
  const words = t();
  const [chosen, choose] = useLeft<(typeof filters)[number]>('payment', 'payable');
  const [visits, setVisits] = useState<readonly UnpaidVisit[] | null>(null);
  const [after, setAfter] = useState<string | null>('');
  const pages = useRef(1);
  /** Reads the pages that are shown; a failure is shown to a person who asked. */
  async function read(isAsked = true) {
    const answer = await readPages(pages.current);
    if (!answer.ok) return isAsked ? say(answer.title || words.cannotReach) : undefined;
    setVisits(answer.value.visits);
    setAfter(answer.value.next);
  }
  /** A sheet has all visits, also those of pages that are not shown. */
  async function downloadSheet() {
    const answer = await readPages(Number.POSITIVE_INFINITY);
    if (answer.ok) saveFile('pagos.csv', withErased(sheetOf(answer.value.visits)), 'text/csv');
    else say(answer.title || words.cannotReach);
  }
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(false), renewalMs);
    return () => clearInterval(timer);
  }, []);
  const shown = visits?.filter(takes[chosen]).sort(byCompletion) ?? [];
  const list = useMoving(shown.length);
  useKeys(
    Object.fromEntries(
      filters.map((name) => [
        keysOfFilters[name].toLowerCase(),
        { does: words.paymentFilter(name), run: () => choose(name) },
      ]),
    ),
  );
  if (visits === null) return <main class="opening">{words.loading}</main>;
  return (
    <main class="screen">
      <div class="head">
        <Title app={words.title} page={words.payment} />
        <div class="filters">
          {filters.map((name) => (
            <button type="button" key={name} aria-pressed={chosen === name} onClick={() => choose(name)}>
              <kbd>{keysOfFilters[name]}</kbd> {words.paymentFilter(name)} <b>{visits.filter(takes[name]).length}</b>
            </button>
          ))}
        </div>
        {visits.length > 0 && (
          <button type="button" onClick={downloadSheet}>
            {words.sheet}
          </button>
        )}
      </div>
      {shown.length === 0 && <p class="empty">{words.noneHere}</p>}
      <HoursByProvider visits={shown} />
      <ul class="payments" ref={list.box} onFocusIn={list.note}>
        {shown.map((visit) => (
          <Unpaid
            key={visit.visitId}
            visit={visit}
            paid={async () => {
              await read();
              list.goOn();
            }}
          />
        ))}
      </ul>
      {after !== null && (
        <button
          type="button"
          onClick={() => {
            pages.current += 1;
            void read();
          }}
        >
          {words.more}
        </button>
      )}
    </main>
  );
}

type Moving = Readonly<{
  box: RefObject<HTMLUListElement | null>;
  /** Notes the visit that has the focus now. */
  note: () => void;
  /** Goes on with the visit that has the place of the one that was paid. */
  goOn: () => void;
}>;

/** Moves the focus over the visits of the list by keys, also back to the one that was left. */
function useMoving(count: number): Moving {
  const box = useRef<HTMLUListElement>(null);
  const [left, leave] = useLeft('payment row', -1);
  const items = () => [...(box.current?.children ?? [])];
  function move(to: number): void {
    const within = Math.max(0, Math.min(items().length - 1, to));
    leave(within);
    items()[within]?.querySelector<HTMLElement>('a')?.focus();
  }
  const isThere = count > 0;
  useEffect(() => {
    if (isThere && left >= 0 && document.activeElement?.matches('body, h1') === true) move(left);
  }, [isThere]);
  useKeys({
    j: () => move(left + 1),
    ArrowDown: () => move(left + 1),
    k: () => move(left - 1),
    ArrowUp: () => move(left - 1),
    Home: () => move(0),
    End: () => move(count - 1),
    m: { does: t().markPaid, run: () => items()[Math.max(0, left)]?.querySelector('input')?.focus() },
  });
  return {
    box,
    note: () => leave(items().findIndex((item) => item.contains(document.activeElement))),
    goOn: () => setTimeout(() => move(left)),
  };
}

/** The hours of the visits of each provider, and of all of them. */
function HoursByProvider({ visits }: { visits: readonly UnpaidVisit[] }) {
  const words = t();
  const sums = new Map<string, { name: string; count: number; workedMs: number }>();
  for (const { provider, workedMs } of visits) {
    const { id = '', name = '—' } = provider ?? {};
    const { count = 0, workedMs: before = 0 } = sums.get(id) ?? {};
    sums.set(id, { name, count: count + 1, workedMs: before + workedMs });
  }
  if (sums.size === 0) return null;
  const total = visits.reduce((sum, { workedMs }) => sum + workedMs, 0);
  const lines = [...sums.values()].sort((one, other) => one.name.localeCompare(other.name, 'es'));
  return (
    <table class="sums">
      <caption>{words.hoursByProvider}</caption>
      <thead>
        <tr>
          <th scope="col">{words.provider}</th>
          <th scope="col">{words.visits}</th>
          <th scope="col">{words.hours}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, count, workedMs }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{count}</td>
            <td>{lengthOf(workedMs)}</td>
          </tr>
        ))}
      </tbody>
      {sums.size > 1 && (
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td>{visits.length}</td>
            <td>{lengthOf(total)}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function Unpaid({ visit, paid }: { visit: UnpaidVisit; paid: () => void }) {
  const words = t();
  const {
    visitId,
    caseNumber,
    client,
    service,
    provider,
    workedMs,
    payable,
    unmetForPayment = [],
    deviations,
    violations,
    integrity,
  } = visit;
  return (
    <li>
      <div>
        <a href={hrefOf('visit', visitId)}>
          <b>{caseNumber ?? visitId}</b>
        </a>{' '}
        {joined(client, service)}
        <p>
          {[provider?.name, ...endOf(visit).map(when)].map((text) => `${text} · `)}
          <b class="length">{lengthOf(workedMs)}</b>
        </p>
        {integrity?.status === 'broken' && <p class="unmet">{words.toReview}</p>}
        {unmetForPayment.length > 0 && (
          <p class="unmet">
            {words.forPayment} {unmetForPayment.map(words.conditions).join(', ')}
          </p>
        )}
        <Reopened visit={visit} />
        {isToJudge(visit) && (
          <p class="hint">
            {words.toWeigh(deviations, violations)} ·{' '}
            <ReportLink visitId={visitId} text={words.reportOf(caseNumber ?? visitId)} />
          </p>
        )}
      </div>
      {payable === true && session.value?.role === 'payer' && <Pay visit={visit} paid={paid} />}
    </li>
  );
}

/** The act that reopened a visit which had been payable, and what it changed. */
function Reopened({ visit: { reopened, payable, workedMs } }: { visit: UnpaidVisit }) {
  const words = t();
  if (reopened === undefined || reopened === null) return null;
  const [before, now] = [lengthOf(reopened.workedMs), lengthOf(workedMs)];
  const sentences = [
    words.reopenedBy(namedEvent(reopened.type), when(reopened.at)),
    ...(before === now ? [] : [words.countedBefore(before, now)]),
    ...(payable === true ? [words.payableAgain] : []),
  ];
  return <p class="reopened">{sentences.join(' ')}</p>;
}

function Pay({ visit: { visitId, streamName }, paid }: { visit: UnpaidVisit; paid: () => void }) {
  const words = t();
  const [reference, setReference] = useState('');
  async function pay(event: SubmitEvent) {
    event.preventDefault();
    const answer = await post('/payments', { visitId, streamName, reference: reference.trim() });
    say(answer.ok ? words.paid : answer.title || words.cannotReach);
    if (answer.ok) paid();
  }
  return (
    <form class="inline" onSubmit={pay}>
      <input
        aria-label={words.reference}
        placeholder={words.reference}
        required
        maxLength={100}
        value={reference}
        onInput={({ currentTarget }) => setReference(currentTarget.value)}
      />
      <button type="submit">
        {words.markPaid} <kbd>M</kbd>
      </button>
    </form>
  );
}
