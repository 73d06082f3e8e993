import type { UnpaidVisit } from 'auxilio/service';
import { useEffect, useRef, useState } from 'preact/hooks';
import { hrefOf } from '../../../ui/route.ts';
import { lengthOf } from '../../../ui/time.ts';
import { Title } from '../../../ui/title.tsx';
import { type Answer, get, post } from '../api.ts';
import { namedEvent, say, t, when } from '../app.ts';
import { ReportLink } from '../report-link.tsx';
import { session } from '../session.ts';
import { download, endOf, sheetOf } from '../sheet.ts';

type Page = Readonly<{ visits: readonly UnpaidVisit[]; next: string | null }>;

const filters = ['payable', 'notYet', 'reopened', 'toJudge'] as const;

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
  const [chosen, choose] = useState<(typeof filters)[number]>('payable');
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
    if (answer.ok) download('pagos.csv', sheetOf(answer.value.visits));
    else say(answer.title || words.cannotReach);
  }
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(false), renewalMs);
    return () => clearInterval(timer);
  }, []);
  if (visits === null) return <main class="opening">{words.loading}</main>;
  const shown = visits.filter(takes[chosen]).sort(byCompletion);
  return (
    <main class="screen">
      <div class="head">
        <Title app={words.title} page={words.payment} />
        <div class="filters">
          {filters.map((name) => (
            <button type="button" key={name} aria-pressed={chosen === name} onClick={() => choose(name)}>
              {words.paymentFilter(name)} <b>{visits.filter(takes[name]).length}</b>
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
      <ul class="payments">
        {shown.map((visit) => (
          <Unpaid key={visit.visitId} visit={visit} paid={read} />
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

function Unpaid({ visit, paid }: { visit: UnpaidVisit; paid: () => void }) {
  const words = t();
  const {
    visitId,
    caseNumber,
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
        </a>
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
      <button type="submit">{words.markPaid}</button>
    </form>
  );
}
