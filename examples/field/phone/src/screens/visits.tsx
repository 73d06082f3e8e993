import type { ReplicaVisit } from 'auxilio/replica';
import { useState } from 'preact/hooks';
import { OtherLanguage } from '../../../ui/other-language.tsx';
import { goTo, hrefOf } from '../../../ui/route.ts';
import { joined } from '../../../ui/text.ts';
import { OtherTheme } from '../../../ui/theme.tsx';
import { Title } from '../../../ui/title.tsx';
import { clientOf, hasNetwork, hour, t, usePhone } from '../app.tsx';
import { Ask } from '../ask.tsx';
import { expected, phaseOf } from '../expected.tsx';
import { toldIn } from '../instructed.ts';
import { Payment } from '../payment.tsx';
import { isGuided, isInReview } from '../review.ts';
import { choose, logOut, session } from '../session.ts';
import { isOpen } from '../shown-visits.ts';
import { isMuted, mute } from '../sound.ts';

/** The visit at which the provider is: one that they have arrived at, and not left. */
const current = (visits: readonly ReplicaVisit[], actorId: string) =>
  visits.find((visit) => isOpen(visit, actorId) && visit.local.arrival.arrivedAt !== null && !visit.local.work.away);

export function Visits() {
  const { visits, actorId, status } = usePhone();
  const [asked, setAsked] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const words = t();
  const open = visits.value.filter((visit) => isOpen(visit, actorId));
  const ended = visits.value.filter((visit) => !isOpen(visit, actorId));
  const here = current(visits.value, actorId);
  const isReached = status.value.online !== false && hasNetwork.value;
  const enter = (event: Event, visitId: string) => {
    if (here === undefined || here.visitId === visitId) return;
    event.preventDefault();
    setAsked(visitId);
  };
  return (
    <main>
      <Title app={words.title} page={words.title} />
      {visits.value.length === 0 && !status.value.revoked && (
        <p>{status.value.lastSyncAt !== null ? words.noVisits : isReached ? words.fetching(0) : words.noVisitsYet}</p>
      )}
      {visits.value.length > 0 && status.value.lastSyncAt === null && isReached && (
        <p>{words.fetching(visits.value.length)}</p>
      )}
      {open.length > 0 && <h2>{words.open}</h2>}
      <ul class="cards">
        {open.map((visit) => (
          <li key={visit.visitId}>
            <a class="card" href={hrefOf('visit', visit.visitId)} onClick={(event) => enter(event, visit.visitId)}>
              <Summary visit={visit} />
            </a>
            {asked === visit.visitId && here !== undefined && (
              <Ask question={words.startsOther(clientOf(here))} leave={() => setAsked(null)}>
                <button type="button" class="primary" onClick={() => goTo('visit', here.visitId)}>
                  {words.stay}
                </button>
                <button type="button" onClick={() => goTo('visit', visit.visitId)}>
                  {words.openAnyway}
                </button>
              </Ask>
            )}
          </li>
        ))}
      </ul>
      {ended.length > 0 && <h2>{words.ended}</h2>}
      <ul class="cards">
        {ended.map((visit) => (
          <li key={visit.visitId}>
            <a class="card ended" href={hrefOf('visit', visit.visitId)}>
              <Summary visit={visit} />
              <Payment visit={visit} />
            </a>
          </li>
        ))}
      </ul>
      <footer>
        <OtherTheme texts={words} />
        <OtherLanguage locale={session.value?.locale} text={words.otherLanguage} choose={choose} />
        <button type="button" onClick={() => mute(!isMuted.value)}>
          {isMuted.value ? words.unmute : words.mute}
        </button>
        <button type="button" onClick={() => (isReached ? logOut() : setLeaving(true))}>
          {words.logout}
        </button>
        {isLeaving && (
          <Ask question={words.logoutAsked} leave={() => setLeaving(false)}>
            <button type="button" class="primary" onClick={() => setLeaving(false)}>
              {words.logoutNot}
            </button>
            <button type="button" onClick={() => logOut()}>
              {words.logoutAnyway}
            </button>
          </Ask>
        )}
        {(status.value.waiting ?? 0) > 0 && <p>{words.logoutKeeps}</p>}
      </footer>
    </main>
  );
}

function Summary({ visit }: { visit: ReplicaVisit }) {
  const words = t();
  const { local } = visit;
  // What is kept back is not sent.
  const pending = visit.pending.filter(({ withheld }) => withheld === undefined);
  const { actorId } = usePhone();
  const told = isGuided(visit, actorId) ? toldIn(visit, actorId).filter(({ isNew }) => isNew) : [];
  return (
    <>
      <strong class="name">{clientOf(visit)}</strong>
      <span class="phase">{phaseOf(visit)}</span>
      <span>{local.place}</span>
      <span>{joined(local.service, expected(visit))}</span>
      {told.map(({ event: { type, data }, isChange }) => (
        <span class="waits" key={type}>
          {(isChange ? words.changedIt : words.instructed)(hour(data.at))}
        </span>
      ))}
      {isInReview(visit, actorId) && <span class="waits">{words.statusReview}</span>}
      {pending.length > 0 && <span class="waits">{words.toSend(pending.length, 0)}</span>}
    </>
  );
}
