import { useSignal } from '@preact/signals';
import type { CommandType, OpenAct } from 'auxilio';
import { explain } from 'auxilio/core';
import { formOf, shownFields, valuesOf } from 'auxilio/forms';
import type { Draft, ReplicaVisit } from 'auxilio/replica';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from '../../../ui/icon.tsx';
import { hrefOf } from '../../../ui/route.ts';
import { Title } from '../../../ui/title.tsx';
import { ActForm } from '../act-form.tsx';
import { centerPhone, clientOf, hour, named, present, t, usePhone } from '../app.tsx';
import { awaitedOf } from '../awaited.ts';
import { clientNumbers } from '../clients.ts';
import { Disagree } from '../disagree.tsx';
import { isUnfinished } from '../draft.ts';
import { expected, phaseOf } from '../expected.tsx';
import { Folded } from '../folded.tsx';
import { iconOf } from '../icons.ts';
import { Instructions } from '../instruction.tsx';
import { nextOf } from '../next.ts';
import { Payment } from '../payment.tsx';
import { Place } from '../place.tsx';
import { Primary } from '../primary.tsx';
import { knownHere, recordNow } from '../record.ts';
import { hasUnaware, isGuided, isInReview } from '../review.ts';
import { isOpen } from '../shown-visits.ts';
import { Say } from '../speech.tsx';
import { isTrouble, needsAbsentClient } from '../troubles.ts';
import { Why } from '../why.tsx';

export function useVisit(visitId: string): ReplicaVisit | undefined {
  return usePhone().visits.value.find((visit) => visit.visitId === visitId);
}

/** True until the identity of the person at the door is validated. */
export const isBeforeDoor = (visit: ReplicaVisit, actorId: string): boolean =>
  isOpen(visit, actorId) && visit.local.identity.validatedAt === null;

export function Header({ visit, to }: { visit: ReplicaVisit; to?: string }) {
  const { place, caseNumber } = visit.local;
  const words = t();
  const { actorId } = usePhone();
  const number = clientNumbers.value[visit.visitId];
  return (
    <header class="visit">
      <a class="back" href={to ?? hrefOf('visits')}>
        <Icon name="back" /> {to === undefined ? words.title : clientOf(visit)}
      </a>
      {to === undefined && (
        <>
          <Title app={words.title} page={caseNumber === null ? words.title : words.caseNumber(caseNumber)}>
            {clientOf(visit)}
          </Title>
          {place !== null && <Place place={place} />}
          <p>{expected(visit)}</p>
          <p class="small">
            {caseNumber !== null && words.caseNumber(caseNumber)} · <strong>{phaseOf(visit)}</strong>
          </p>
          {number !== undefined && (
            <a class="button" href={`tel:${number}`}>
              <Icon name="call" /> {words.callClient}
            </a>
          )}
          {isBeforeDoor(visit, actorId) && (
            <a class="button" href={hrefOf('door', visit.visitId)}>
              <Icon name="card" /> {words.atDoor}
            </a>
          )}
        </>
      )}
    </header>
  );
}

export function Visit({ visitId }: { visitId: string }) {
  const phone = usePhone();
  const visit = useVisit(visitId);
  const words = t();
  if (visit === undefined) return <Missing />;
  const guided = phone.guide(visit);
  const { open, closed } = guided;
  const recorded = phone.recorded(visit);
  const awaited = awaitedOf(visit);
  const next = nextOf(visit, guided, recorded);
  const others = open.filter(
    ({ command }) => command !== next?.command && !isTrouble(command) && !needsAbsentClient(command, visit.local),
  );
  // Of materials that are too few, the next acts would say nothing.
  const [short] = closed.flatMap(({ violations }) => violations.filter(({ rule }) => rule === 'enough-supplied'));
  const isEnded = open.length === 0;
  return (
    <main>
      <Header visit={visit} />
      <News visit={visit} />
      <div aria-live="polite">{isGuided(visit, phone.actorId) && <Instructions visit={visit} />}</div>
      {short !== undefined && <p class="news">{explain(short, phone.language)}</p>}
      <Drafts visitId={visitId} next={next?.command} />
      <Payment visit={visit} />
      <Disagree visit={visit} />
      {next === undefined ? (
        !isEnded && <p class={awaited === null ? '' : 'awaited'}>{words.awaits(awaited ?? 'nothing')}</p>
      ) : (
        <Next act={next} visit={visit} />
      )}
      <Acts
        title={words.alsoOpen}
        acts={others.filter(({ command }) => !recorded.has(command))}
        visitId={visitId}
        isFolded={next !== undefined}
      />
      <nav class="bottom">
        {!isEnded && (
          <a class="button" href={hrefOf('cannot', visitId)}>
            <Icon name="warn" /> {words.cannot}
          </a>
        )}
        <a class="button" href={hrefOf('done', visitId)}>
          <Icon name="note" /> {words.done}
        </a>
        <a class="button" href={`tel:${centerPhone}`}>
          <Icon name="call" /> {words.call}
        </a>
      </nav>
      <Acts
        title={words.again}
        acts={others.filter(({ command }) => recorded.has(command))}
        visitId={visitId}
        isFolded
      />
      {!isEnded && <Why closed={closed} visitId={visitId} />}
    </main>
  );
}

type ActsProps = Readonly<{ title: string; acts: readonly OpenAct[]; visitId: string; isFolded?: boolean }>;

/** Acts to choose from; folded, if another is next or they were recorded before. */
function Acts({ title, acts, visitId, isFolded = false }: ActsProps) {
  if (acts.length === 0) return null;
  const list = () => (
    <ul class="acts">
      {acts.map(({ command }) => (
        <li key={command}>
          <a class="act" href={hrefOf('act', visitId, command)}>
            <Icon name={iconOf(command)} /> {named(command)}
          </a>
        </li>
      ))}
    </ul>
  );
  return isFolded ? (
    <Folded title={title}>{list}</Folded>
  ) : (
    <section>
      <h2>{title}</h2>
      {list()}
    </section>
  );
}

export function Missing() {
  return (
    <main>
      <a class="back" href={hrefOf('visits')}>
        <Icon name="back" /> {t().title}
      </a>
      <p>{t().noVisits}</p>
    </main>
  );
}

/** The next act, with the words to say and its form. An act of which the visit and the phone know all data is recorded by one touch. */
function Next({ act, visit }: { act: OpenAct; visit: ReplicaVisit }) {
  const words = t();
  const phone = usePhone();
  const { command } = act;
  const { say, fields } = useMemo(() => phone.lines(command, visit), [phone, command, visit.local, present.value]);
  const isBusy = useSignal(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const [touched, setTouched] = useState<string | null>(null);
  async function touch() {
    if (isBusy.peek()) return;
    isBusy.value = true;
    setTouched(command);
    await recordNow(visit, command);
    isBusy.value = false;
  }
  // What was touched is gone, or belongs to another act: the act that is next is read aloud, from its beginning, before it is touched.
  useEffect(() => {
    if (touched === null || touched === command) return;
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest('main')?.querySelector('.news, .next')?.scrollIntoView();
  }, [command]);
  const isAsked = useMemo(() => {
    const known = knownHere(command, visit);
    const shown = shownFields(formOf(command, phone.forms), valuesOf(command, known, phone.forms));
    const asked = new Set<string>(fields.flat());
    return shown.some(({ name }) => asked.has(name) && !Object.hasOwn(known, name));
  }, [phone, command, visit.local, fields]);
  return (
    <section class="next" aria-labelledby="next">
      <p class="eyebrow">{words.next}</p>
      <h2 id="next" ref={heading} tabIndex={-1}>
        <Icon name={iconOf(command)} /> {named(command)}
      </h2>
      <Say lines={say} />
      {isAsked ? (
        <ActForm key={command} visit={visit} type={command} leave={() => setTouched(command)} />
      ) : (
        <>
          <Primary isBusy={isBusy} onClick={touch}>
            {named(command)}
          </Primary>
          <a class="button quiet" href={hrefOf('act', visit.visitId, command)}>
            {words.details}
          </a>
        </>
      )}
    </section>
  );
}

/** News from the center: changes, decisions, open questions. */
function News({ visit }: { visit: ReplicaVisit }) {
  const { actorId, replica } = usePhone();
  const { local, confirmed, lead, failure } = visit;
  const words = t();
  const isOthers = confirmed.provider !== null && confirmed.provider.id !== actorId;
  const isCancelled = confirmed.instruction === 'cancel';
  const hasEnded = local.phase === 'closed' || local.phase === 'completed';
  const isReviewed = isInReview(visit, actorId);
  // What the user did meanwhile has to be looked at before they follow an instruction that came later.
  const isStopped = isOthers || isCancelled || confirmed.instruction === 'reschedule';
  const isChanged = isStopped && hasUnaware(visit, actorId);
  const news = [
    ...(isReviewed ? [words.inReview(!isStopped && isOpen(visit, actorId))] : []),
    ...(isChanged ? [words.changed] : []),
    ...(isOthers ? [words.reassigned] : []),
    ...(isCancelled && !isChanged && !hasEnded ? [words.cancelled] : []),
    ...(visit.needsUpgrade ? [words.needsUpgrade] : []),
    ...(failure !== null && failure.kind !== 'unavailable' ? [words.failures(failure.kind)] : []),
  ];
  const isLedElsewhere = lead !== null && lead.device !== localStorage.getItem('device');
  return (
    <>
      {news.map((text) => (
        <p class="news" role="alert" key={text}>
          <Icon name="warn" /> {text}
        </p>
      ))}
      {isLedElsewhere && (
        <div class="news">
          <p>{words.ledElsewhere}</p>
          <button type="button" onClick={() => replica.takeLead(visit.visitId)}>
            {words.takeLead}
          </button>
        </div>
      )}
    </>
  );
}

/** The acts that were begun and lack something, apart from the next one, whose form is on the screen. */
function Drafts({ visitId, next }: { visitId: string; next: CommandType | undefined }) {
  const { replica } = usePhone();
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  useEffect(() => {
    replica.drafts.list(visitId).then((all) => {
      if (all.some(isUnfinished)) setDrafts(all.filter(isUnfinished));
    }, console.error);
  }, [visitId]);
  const others = drafts.filter(({ type }) => type !== next);
  if (others.length === 0) return null;
  return (
    <section>
      <h2>{t().draft}</h2>
      <ul class="acts">
        {others.map(({ draftId, type, touchedAt }) => (
          <li key={draftId}>
            <a class="act" href={hrefOf('act', visitId, type)}>
              <Icon name="note" /> {t().draftOf(named(type), hour(touchedAt))}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
