import { useMemo, useState } from 'preact/hooks';
import { goTo, hrefOf } from '../../../ui/route.ts';
import { post, visitPath } from '../api.ts';
import { hour, namedEvent, t, when } from '../app.ts';
import { type Case, caseOf, doubtIn } from '../case.ts';
import { CaseClock } from '../case-clock.tsx';
import { Decision } from '../case-decision.tsx';
import { Detail } from '../case-detail.tsx';
import { Evidence } from '../case-evidence.tsx';
import { headlineOf } from '../case-headline.ts';
import { TakeLater } from '../case-later.tsx';
import type { Way } from '../case-options.ts';
import { Why } from '../case-why.tsx';
import { claim } from '../claim.tsx';
import { Unseen } from '../contact.tsx';
import { useKeys } from '../keys.ts';
import { goBack } from '../left.ts';
import { reads, useReads } from '../reads.ts';
import { type Log, useLog } from '../visit-log.ts';
import { Header } from './visit.tsx';

export function CaseScreen({ visitId }: { visitId: string }) {
  const log = useLog(visitId);
  const words = t();
  if (log === null) return <main class="opening">{words.loading}</main>;
  if ('ok' in log) {
    return (
      <main class="opening">
        <p role="alert">
          {words.noVisit} {log.title}
        </p>
      </main>
    );
  }
  return <Opened log={log} />;
}

function Opened({ log }: { log: Log }) {
  const words = t();
  useReads(log.visitId);
  const read = reads.value.get(log.visitId);
  const found = useMemo(() => caseOf(log.events, read), [log.events, read]);
  useKeys({ Escape: goBack, v: { does: words.wholeVisit, run: () => goTo('visit', log.visitId) } });
  return (
    <main class="screen case">
      <Header log={log} />
      {found === null ? (
        <div class="empty">
          <p>{words.caseDecided}</p>
          <Decisions log={log} />
          <TakeLater log={log} />
          <div class="buttons">
            <a class="button" href={hrefOf('')}>
              {words.waiting}
            </a>
            <a class="button" href={hrefOf('visit', log.visitId)}>
              {words.wholeVisit} <kbd>V</kbd>
            </a>
          </div>
        </div>
      ) : (
        <Decided key={found.reports.join(' ')} log={log} found={found} />
      )}
    </main>
  );
}

/** The last decision: another operator may have come first. */
function Decisions({ log: { events } }: { log: Log }) {
  const words = t();
  const settled = events.findLast((event) => event.type === 'DiscrepancySettled');
  if (settled?.type !== 'DiscrepancySettled') return null;
  const { at, taken, text, discrepancyId } = settled.data;
  const all = events.reduce(
    (count, { type, data }) =>
      type === 'DiscrepancyReported' && data.discrepancyId === discrepancyId
        ? data.acts.filter(({ twinOf }) => twinOf === undefined).length
        : count,
    0,
  );
  return (
    <p>
      {words.decidedSo(hour(at), taken.length, all)} <q>{text}</q>
    </p>
  );
}

/** Holds the visit while the provider is asked, and leaves a note for those who come next. */
async function noteAsking(visitId: string): Promise<void> {
  if (await claim(visitId)) await post(`${visitPath(visitId)}/notes`, { text: t().asked });
}

/** The act whose time does not fit, and the fact against which it stands. */
function Doubted({ log: { events }, found }: { log: Log; found: Case }) {
  const words = t();
  const doubt = doubtIn(found, events);
  if (doubt === null) return null;
  const { one, earlierThan } = doubt;
  const act = [namedEvent(one.act.type), when(one.act.at)] as const;
  return (
    <p class="unseen">
      {earlierThan === null
        ? words.laterThan(...act, hour(one.receivedAt ?? ''))
        : words.earlierThan(...act, namedEvent(earlierThan.type), when(earlierThan.data.at))}
    </p>
  );
}

function Decided({ log, found }: { log: Log; found: Case }) {
  const words = t();
  const [way, setWay] = useState<Way | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  return (
    <>
      <Unseen log={log} />
      <p class="headline">{headlineOf(found)}</p>
      <Doubted log={log} found={found} />
      <div class="case-columns">
        <div class="column">
          <CaseClock found={found} />
          <Evidence found={found} visitId={log.visitId} />
        </div>
        <div class="column">
          <Why found={found} />
          <Decision
            log={log}
            found={found}
            way={way}
            setWay={setWay}
            marked={marked}
            ask={() => {
              setAsking(!isAsking);
              if (!isAsking) void noteAsking(log.visitId);
            }}
            isAsking={isAsking}
          />
          <Detail found={found} marked={marked} setMarked={setMarked} choose={() => setWay('marked')} />
          <a href={hrefOf('visit', log.visitId)}>
            {words.wholeVisit} <kbd>V</kbd>
          </a>
        </div>
      </div>
    </>
  );
}
