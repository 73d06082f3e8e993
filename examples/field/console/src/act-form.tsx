import type { CommandType, OpenAct, Policy, VisitState, WaivableRule } from 'auxilio';
import { formOf, knownData, readForm, valuesOf } from 'auxilio/forms';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Fields } from '../../ui/form.tsx';
import { type Entered, type FormHost, first } from '../../ui/host.ts';
import { useFocusOnProblem } from '../../ui/problems.ts';
import { joined } from '../../ui/text.ts';
import { askerOfTimes } from '../../ui/to-come.ts';
import { type Draft, isOvertaken, record } from './api.ts';
import { eventOf, instant, named, policy, say, t } from './app.ts';
import { providers } from './board.ts';
import { type Callee, callFrom, forgetCalls } from './calls.tsx';
import { type Changes, changesOf } from './changes.ts';
import { noteClientNumber, problemsOfNumber, withClientNumber } from './client-number.ts';
import { MayBeInside } from './contact.tsx';
import { formWords, lineOf } from './details.ts';
import { absence, chosenText, heldIn, toDocument, useHeld } from './held-photos.ts';
import { nextField } from './next-field.ts';
import { isChosen, OnRecord } from './on-record.tsx';
import { isDecision, Meanwhile, useSeen } from './seen.tsx';
import { session } from './session.ts';
import { Templates, useTemplates } from './templates.tsx';
import { useEntered } from './typed.ts';
import { type Log, readAgain } from './visit-log.ts';
import { photosOf } from './visit-photos.tsx';

type ActFormProps = Readonly<{
  log: Log;
  line: OpenAct;
  waives: readonly WaivableRule[];
  close: (isRecorded: boolean) => void;
}>;

/** Values that are known before anything is entered. */
function prefilled(type: CommandType, { state, visitId }: Log): Entered {
  const words = formWords();
  const data = Object.entries(valuesOf(type, knownData(type, state), words));
  // Those that are here are chosen once they are found (`held-photos.ts`).
  const known = data.filter(([name]) => type !== 'DocumentPhotos' || name !== 'photoIds');
  const values = known.map(([name, value]) => [name, typeof value === 'string' ? [value] : value] as const);
  return {
    ...Object.fromEntries(values),
    ...callIn(type, visitId),
    at: [(isByCallToClient(type) ? callFrom(visitId, 'client') : null) ?? instant()],
    ...(type === 'GiveInstruction' && { about: [topicOf(state)] }),
  };
}

/** An act that is done by calling the client: its time is that of the call. */
const isByCallToClient = (type: CommandType): boolean => type === 'NotifyClient' || type === 'CoordinateMaterials';

/** The one whose call stands in an act, if any does. */
function calleeOf(type: CommandType): Callee | null {
  if (isByCallToClient(type)) return 'client';
  return formOf(type, formWords()).fields.some(({ kind }) => kind === 'contact') ? 'provider' : null;
}

/** The call on which the provider says it: made from here before, or now, and answered by the operator. */
const callIn = (type: CommandType, visitId: string): Entered =>
  Object.fromEntries(
    formOf(type, formWords())
      .fields.filter(({ kind }) => kind === 'contact')
      .flatMap(({ name }) => [
        [`${name}.at`, [callFrom(visitId, 'provider') ?? instant()]],
        [`${name}.operatorId`, self().map(({ id }) => id)],
      ]),
  );

/** The topic for which an instruction is asked; without a question it is about the visit. */
function topicOf({ debts }: VisitState): string {
  const asked = debts.find(({ kind }) => kind === 'give-instruction' || kind === 'take-up-escalation');
  return asked?.about ?? (asked === undefined ? 'visit' : 'escalation');
}

/** The form of an act of the center, with the words to say. */
export function ActForm({ log, line, waives, close }: ActFormProps) {
  const words = t();
  const { visitId } = log;
  const type = line.command;
  // Each new visit has another id.
  const left = useEntered(
    `form ${type} ${type === 'AssignVisit' ? '' : visitId}`,
    () => prefilled(type, log),
    waives.length > 0 ? { about: ['visit'], decision: ['proceed'], waives } : {},
  );
  const { held, read: readPhoto } = useHeld(visitId);
  const photos = type === 'DocumentPhotos' ? toDocument(log) : photosOf(log);
  const { setEntered } = left;
  const entered: Entered =
    type === 'DocumentPhotos' ? { photoIds: heldIn(photos, held), ...left.entered } : left.entered;
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [refusal, setRefusal] = useState<readonly string[]>([]);
  const [isLate, setLate] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [commandId] = useState(() => crypto.randomUUID());
  const seen = useSeen(log);
  const [unasked] = useState(askerOfTimes);
  const templates = useTemplates(log, line, first(entered, 'about'));
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => nextField(form.current?.closest('.act'))?.focus(), []);
  useFocusOnProblem(form, problems);

  const host: FormHost = {
    texts: words,
    entered,
    enter: (changes) => setEntered((before) => merged(before, withName(changes))),
    problems,
    isAsked: (name) => !corrects(type) || !isChosen(name),
    suggestions: () => [],
    people: (name) => (name.startsWith('provider') ? providersBut(type, log) : self()),
    photosOfVisit: photos.map((photo) => ({ ...photo, note: absence(photo, held) })),
    ...(type === 'DocumentPhotos' && { countPhotos: (chosen) => chosenText(photos, held, chosen) }),
    readPhoto,
  };
  const isNew = type === 'AssignVisit';
  const described = formOf(type, formWords());
  const description = isNew ? withClientNumber(described) : described;
  const { waive = [] }: Policy = policy;
  const waivers = [...waive, ...log.state.waivers];
  const read = readForm(type, entered, formWords(), { waivers });
  const changes = read.ok && corrects(type) ? changesOf(log, { type, data: read.data }) : null;

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const made = readForm(type, entered, formWords(), { waivers });
    const again = made.ok ? unasked(description, made.data) : [];
    const asked = again.map((name) => ({ name, message: words.notToCome }));
    const ofNumber = isNew ? problemsOfNumber(entered) : [];
    const found = [...(made.ok ? asked : made.problems), ...ofNumber];
    setProblems(Object.fromEntries(found.map(({ name, message }) => [name, message])));
    if (!made.ok || found.length > 0) return;
    setBusy(true);
    const data = isNew ? { ...made.data, policyId: policy.id } : made.data;
    const answer = await record(
      { type, data } as Draft,
      visitId,
      commandId,
      isDecision(type) ? seen.version : undefined,
    );
    setBusy(false);
    setLate(!answer.ok && isOvertaken(answer));
    if (answer.ok) {
      say(words.recorded(named(type)));
      const callee = calleeOf(type);
      if (callee !== null) forgetCalls(visitId, callee);
      if (isNew) await noteClientNumber(visitId, entered);
      readAgain();
      left.end();
      close(true);
    } else if (isOvertaken(answer)) {
      seen.renew(answer.version ?? log.events.length);
      setRefusal([words.decideAgain]);
    } else setRefusal(answer.status === 0 ? [words.cannotReach] : [answer.title, ...answer.details]);
  }

  return (
    <section class="act">
      <h2>{named(type)}</h2>
      <Lines say={line.say.filter((said) => !templates.some(({ text }) => said.endsWith(text)))} ask={line.ask} />
      {!isLate && <Meanwhile log={log} seen={seen} isBusy={isBusy} />}
      {left.isKept && (
        <p class="hint">
          {words.leftHere}{' '}
          <button type="button" class="plain dark" onClick={left.startOver}>
            {words.startOver}
          </button>
        </p>
      )}
      <MayBeInside log={log} type={type} decision={entered.decision?.[0]} />
      {corrects(type) && <OnRecord type={type} log={log} host={host} />}
      <form
        ref={form}
        noValidate
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
        }}
      >
        <Templates templates={templates} host={host} />
        <Fields form={description} host={host} />
        {changes !== null && <Preview changes={changes} />}
        {Object.keys(problems).length > 0 && (
          <p class="problem" role="alert">
            {problems[''] ?? words.malformed}
          </p>
        )}
        {refusal.length > 0 && (
          <div class="problem" role="alert">
            <p>{words.refused}</p>
            {refusal.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </div>
        )}
        {isLate && <Meanwhile log={log} seen={seen} isBusy={isBusy} own={ownText(type, read)} />}
        <div class="buttons">
          <button type="submit" class="primary" disabled={isBusy}>
            {isLate ? words.recordAnyway : words.record} <kbd>Ctrl ⏎</kbd>
          </button>
          <button
            type="button"
            onClick={() => {
              left.end();
              close(false);
            }}
          >
            {isLate ? words.dropOwn : words.cancel}
          </button>
        </div>
      </form>
    </section>
  );
}

/** A decision as it would be recorded, in a line. */
const ownText = (type: CommandType, read: ReturnType<typeof readForm>): string =>
  joined(named(type), read.ok ? lineOf({ type: eventOf(type), data: read.data } as Parameters<typeof lineOf>[0]) : '');

const corrects = (type: CommandType): boolean => type === 'AnnulAct' || type === 'CorrectTime';

/** The providers to choose from: a visit is not reassigned to the one who has it. */
const providersBut = (type: CommandType, { state }: Log): readonly { id: string; name: string }[] =>
  [...providers.value.values()].filter(({ id }) => type !== 'ReassignProvider' || id !== state.provider?.id);

/** Adds the name of a provider who was chosen. */
function withName(changes: Readonly<Record<string, readonly string[] | undefined>>): typeof changes {
  const chosen = providers.peek().get(changes['provider.id']?.[0] ?? '');
  return chosen === undefined ? changes : { ...changes, 'provider.name': [chosen.name] };
}

/** The operator, who answers the calls. */
function self(): readonly { id: string; name: string }[] {
  const entered = session.value;
  return entered ? [{ id: entered.actorId, name: entered.name }] : [];
}

function merged(before: Entered, changes: Readonly<Record<string, readonly string[] | undefined>>): Entered {
  const after = { ...before };
  for (const [name, values] of Object.entries(changes)) {
    if (values === undefined) delete after[name];
    else after[name] = values;
  }
  return after;
}

function Lines({ say, ask }: { say: readonly string[]; ask: readonly string[] }) {
  const words = t();
  if (say.length + ask.length === 0) return null;
  return (
    <div class="script">
      {say.length > 0 && <b>{words.script}</b>}
      {say.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {ask.length > 0 && <b>{words.askFor}</b>}
      {ask.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}

/** The changes by a correction, before it is recorded. */
function Preview({ changes }: { changes: Changes }) {
  const words = t();
  return (
    <div class="preview" role="status">
      <b>{words.corrects}</b>
      {changes.map(({ what, from, to }) => (
        <p key={what}>
          {what}: <s>{from}</s> → <b>{to}</b>
        </p>
      ))}
      {changes.length === 0 && <p>{words.noChange}</p>}
    </div>
  );
}
