import { useSignal } from '@preact/signals';
import type { CommandType, Instant, VisitState } from 'auxilio';
import { type Form, formOf, readForm, shownFields, valuesOf } from 'auxilio/forms';
import type { ActCommand, ReplicaVisit } from 'auxilio/replica';
import { useMemo, useRef, useState } from 'preact/hooks';
import { Fields } from '../../ui/form.tsx';
import { type Entered, type FormHost, first } from '../../ui/host.ts';
import { useFocusOnProblem } from '../../ui/problems.ts';
import { inOneLine } from '../../ui/text.ts';
import { lengthOf } from '../../ui/time.ts';
import { askerOfTimes } from '../../ui/to-come.ts';
import { centerPhone, t, usePhone } from './app.tsx';
import { type Authority, Despite } from './despite.tsx';
import { draftOf, typedIn, useDraft } from './draft.ts';
import { Outcome } from './outcome.tsx';
import { moved } from './own-clock.ts';
import { now } from './phone.ts';
import { keepPhoto, photosOf, readPhoto } from './photos.ts';
import { Primary } from './primary.tsx';
import { knownHere, type Recorded, record, showRefusal, stopped } from './record.ts';
import { session } from './session.ts';
import { missingShots, shotNames } from './shots.ts';
import { remember, suggestionsOf, usualOf } from './usual.ts';
import { type EnteredTime, When } from './when.tsx';

const hourMs = 3_600_000;

/** True where the application itself sends the photographs. */
const isByApp = (type: CommandType, { channel }: Entered): boolean => type === 'SubmitPhotos' && channel?.[0] === 'app';

/** True for a field that is to be asked for: not what the phone knows, nor what was answered. */
function isAsked(name: string, entered: Entered, { requiredShots, work }: VisitState): boolean {
  if (name === 'at') return false;
  if (name === 'channel') return first(entered, name) !== 'app';
  if (name === 'disputed') return first(entered, 'clientConfirmed') === 'no' || name in entered;
  return requiredShots.length > 0 || work.startedAt !== null || !name.endsWith('.shot');
}

/** Milliseconds after which a call is one of earlier, and the act may be, too. */
const earlierMs = 120_000;

/** True for a form whose hour is that of its call, made now or not yet. */
function isCallOfNow(form: Form, entered: Entered): boolean {
  const call = shownFields(form, entered).find(({ kind }) => kind === 'contact');
  if (call === undefined) return false;
  const at = Date.parse(first(entered, `${call.name}.at`));
  return Number.isNaN(at) || Date.now() - at < earlierMs;
}

type ActFormProps = Readonly<{
  visit: ReplicaVisit;
  type: CommandType;
  /** True for an act that is recorded in spite of a rule. */
  isDespite?: boolean;
  /** Goes on once the act is recorded. */
  leave: () => void;
}>;

/** The form of an act. */
export function ActForm({ visit, type, isDespite = false, leave }: ActFormProps) {
  const phone = usePhone();
  const words = t();
  const { visitId, local } = visit;
  const form = useMemo(() => formOf(type, phone.forms), [type, phone.forms]);
  const [entered, setEntered] = useState<Entered>(() => valuesOf(type, knownHere(type, visit), phone.forms));
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
    isAsked: (name) => isAsked(name, entered, local),
    suggestions: (name) => [
      ...(name.endsWith('.item') ? local.materials.requested.map(({ item }) => item) : []),
      ...suggestionsOf(type, local.service, name),
    ],
    centerPhone,
    position: words,
    camera: {
      texts: words,
      reading,
      keepPhoto: (file) => keepPhoto(phone.replica, visitId, file),
      missing: missingShots(local),
      names: shotNames(local, words),
    },
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
      leave();
    });
    isBusy.value = false;
    if (recorded.kind === 'recorded') remember(type, local.service, entered);
    else if (recorded.kind === 'refused') showRefusal(visitId, type, recorded.violations);
    else setOutcome(recorded);
  }

  return (
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
      <Fields form={form} host={host} />
      {isByApp(type, entered) && (
        <button type="button" class="quiet" onClick={() => setEntered((before) => ({ ...before, channel: ['email'] }))}>
          {words.byEmail}
        </button>
      )}
      {(at !== null || !isCallOfNow(form, entered)) && (
        <When
          at={at}
          problem={problems.at}
          set={(time) => {
            setAt(time);
            setConfirmed(false);
          }}
        />
      )}
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
  );
}
