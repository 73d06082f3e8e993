import { useSignal } from '@preact/signals';
import type { CommandType, Instant } from 'auxilio';
import { type FormWords, formOf, knownData, readForm, valuesOf } from 'auxilio/forms';
import type { ActCommand, ReplicaVisit } from 'auxilio/replica';
import { useMemo, useRef, useState } from 'preact/hooks';
import { Fields } from '../../../ui/form.tsx';
import type { Entered, FormHost } from '../../../ui/host.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useFocusOnProblem } from '../../../ui/problems.ts';
import { goTo, hrefOf, route } from '../../../ui/route.ts';
import { inOneLine } from '../../../ui/text.ts';
import { lengthOf } from '../../../ui/time.ts';
import { Title } from '../../../ui/title.tsx';
import { askerOfTimes } from '../../../ui/to-come.ts';
import { centerPhone, named, present, t, usePhone } from '../app.tsx';
import { type Authority, Despite } from '../despite.tsx';
import { draftOf, typedIn, useDraft } from '../draft.ts';
import { iconOf } from '../icons.ts';
import { Outcome } from '../outcome.tsx';
import { moved } from '../own-clock.ts';
import { isAct, now } from '../phone.ts';
import { keepPhoto, photosOf, readPhoto } from '../photos.ts';
import { Primary } from '../primary.tsx';
import { type Recorded, record, showRefusal, stopped } from '../record.ts';
import { session } from '../session.ts';
import { Say } from '../speech.tsx';
import { remember, suggestionsOf, usualOf } from '../usual.ts';
import { type EnteredTime, When } from '../when.tsx';
import { Header, Missing, useVisit } from './visit.tsx';

/** The form of an act. */
export function Act({ visitId, command }: { visitId: string; command: string }) {
  const visit = useVisit(visitId);
  if (visit === undefined || !isAct(command)) return <Missing />;
  return <ActForm visit={visit} type={command} />;
}

const hourMs = 3_600_000;

/** Acts that are said to the center by telephone, and whose data have no call. */
const called: readonly CommandType[] = ['ReportTransitIssue', 'EscalateClientImpact'];

/** The values that the visit knows of an act, as the form has them. */
function prefilled(type: CommandType, visit: ReplicaVisit, words: FormWords): Entered {
  const values = Object.entries(valuesOf(type, knownData(type, visit.local), words));
  const entered = values.map(([name, value]) => [name, typeof value === 'string' ? [value] : value]);
  const known: Entered = Object.fromEntries(entered);
  if (type !== 'SubmitPhotos') return known;
  // Photographs that are in this phone are sent by this application; not those that the center refused.
  const sendable = photosOf(visit).flatMap(({ photoId, isSendable }) => (isSendable ? photoId : []));
  return {
    channel: ['app'],
    ...known,
    photoIds: (known.photoIds ?? []).filter((photoId) => sendable.includes(photoId)),
  };
}

function ActForm({ visit, type }: { visit: ReplicaVisit; type: CommandType }) {
  const phone = usePhone();
  const words = t();
  const { visitId, local } = visit;
  const isDespite = route.value.option === 'despite';
  const form = useMemo(() => formOf(type, phone.forms), [type, phone.forms]);
  const [entered, setEntered] = useState<Entered>(() => prefilled(type, visit, phone.forms));
  const [at, setAt] = useState<EnteredTime>(null);
  const [isConfirmed, setConfirmed] = useState(false);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [outcome, setOutcome] = useState<Recorded | null>(() => {
    const last = stopped.peek();
    stopped.value = null;
    return last?.visitId === visitId && last.type === type ? last.recorded : null;
  });
  const isBusy = useSignal(false);
  const reading = useSignal(false);
  const [unasked] = useState(askerOfTimes);
  const element = useRef<HTMLFormElement>(null);
  useFocusOnProblem(element, problems);
  const [despite, setDespite] = useState<Authority>({ by: '', reason: '' });
  const draftId = `${visitId}-${type}`;
  const draft = useMemo(() => draftOf({ entered, at, despite }), [entered, at, despite]);
  const finishDraft = useDraft(draftId, visitId, type, draft, (kept) => {
    const typed = typedIn(kept);
    setEntered(typed.entered);
    setAt(typed.at);
    setDespite(typed.despite);
  });

  const say = useMemo(() => {
    const isOpen = phone.guide(visit).open.some(({ command }) => command === type);
    return isOpen ? phone.lines(type, visit).say : [];
  }, [phone, type, local, present.value]);
  const usual = usualOf(type, local.service);
  const host: FormHost = {
    texts: words,
    entered,
    enter: (changes) =>
      setEntered((before) => {
        const after = { ...before };
        for (const [name, values] of Object.entries(changes)) {
          if (values === undefined) delete after[name];
          else after[name] = values;
        }
        return after;
      }),
    problems,
    suggestions: (name) => [
      ...(name.endsWith('.item') ? local.materials.requested.map(({ item }) => item) : []),
      ...suggestionsOf(type, local.service, name),
    ],
    centerPhone,
    position: words,
    camera: { texts: words, reading, keepPhoto: (file) => keepPhoto(phone.replica, visitId, file) },
    readPhoto: (sha256) => readPhoto(phone.replica, sha256),
    photosOfVisit: photosOf(visit).filter(({ isSent }) => type !== 'SubmitPhotos' || !isSent),
  };

  /** The reason to ask whether the time is right. */
  function doubt(time: Instant): string | null {
    const ago = Date.now() - Date.parse(time);
    if (ago < -60_000) return words.inFuture;
    return ago > 2 * hourMs ? words.longAgo(lengthOf(ago)) : null;
  }
  const asked = at === null || at === '' || isConfirmed ? null : doubt(at);

  async function submit(atConfirmed?: Instant, wrongMs = 0) {
    if (isBusy.peek()) return;
    setOutcome(null);
    const time = atConfirmed ?? at ?? now();
    if (time === '') {
      setProblems({ at: words.invalidTime });
      return;
    }
    const waivers = phone.waivers(visit);
    const read = readForm(type, { ...moved(entered, wrongMs), at: [time] }, phone.forms, { waivers });
    if (!read.ok) {
      setProblems(Object.fromEntries(read.problems.map(({ name, message }) => [name, message])));
      return;
    }
    const again = unasked(form, read.data);
    setProblems(Object.fromEntries(again.map((name) => [name, words.notToCome])));
    if (again.length > 0) return;
    isBusy.value = true;
    const command = { type, data: { ...read.data, visitId } } as ActCommand;
    const options = {
      ...(atConfirmed !== undefined && { atConfirmed: true }),
      ...(isDespite && {
        despite: {
          by: inOneLine(despite.by) || session.value?.name || phone.actorId,
          reason: inOneLine(despite.reason) || words.didIt,
        },
      }),
    };
    const recorded = await record(command, options, () => {
      finishDraft().catch(console.error);
      goTo('visit', visitId);
    });
    isBusy.value = false;
    if (recorded.kind === 'recorded') remember(type, local.service, entered);
    else if (recorded.kind === 'refused') showRefusal(visitId, type, recorded.violations);
    else setOutcome(recorded);
  }

  return (
    <main>
      <Header visit={visit} to={hrefOf('visit', visitId)} />
      <Title app={words.title} page={named(type)}>
        <Icon name={iconOf(type)} /> {named(type)}
      </Title>
      <Say lines={say} />
      {called.includes(type) && (
        <a class="button wide" href={`tel:${centerPhone}`}>
          <Icon name="call" /> {words.call}
        </a>
      )}
      <form
        ref={element}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {usual !== null && (
          <button type="button" class="usual" onClick={() => setEntered((before) => ({ ...before, ...usual }))}>
            {words.usual}
          </button>
        )}
        <Fields form={form} isAsked={(name) => name !== 'at'} host={host} />
        <When
          at={at}
          problem={problems.at}
          set={(time) => {
            setAt(time);
            setConfirmed(false);
          }}
        />
        {isDespite && <Despite despite={despite} set={setDespite} />}
        {asked !== null && (
          <p class="problem" role="alert">
            {asked}{' '}
            <button type="button" onClick={() => setConfirmed(true)}>
              {words.yesThatTime}
            </button>
          </p>
        )}
        {problems[''] !== undefined && <p class="problem">{problems['']}</p>}
        {Object.keys(problems).length > 0 && (
          <p class="problem" role="alert">
            {words.checkMarked}
          </p>
        )}
        <Outcome outcome={outcome} visit={visit} at={at || null} submit={submit} />
        <Primary type="submit" isBusy={isBusy} isDisabled={asked !== null || reading.value}>
          {reading.value ? words.readingPhotos : words.record}
        </Primary>
      </form>
    </main>
  );
}
