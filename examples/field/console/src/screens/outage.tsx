import { signal } from '@preact/signals';
import type { Instant } from 'auxilio';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useMoment } from '../../../ui/moment.ts';
import { hrefOf } from '../../../ui/route.ts';
import { inOneLine } from '../../../ui/text.ts';
import { Title } from '../../../ui/title.tsx';
import { instant, t } from '../app.ts';
import { contacts, rows } from '../board.ts';
import { type Concerned, concernedBy, instruct, type OutageAt, type Outcome } from '../outage.ts';
import type { Row } from '../queue.ts';
import { Reached, subject } from './queue.tsx';

/** An outage is heard of some time after it began. */
const usualMs = 30 * 60_000;
const usualFrom = (): Instant => new Date(Date.now() - usualMs).toISOString();

type Outcomes = ReadonlyMap<string, Outcome>;

type Kept = Readonly<{
  outage: OutageAt;
  /** The instruction, if it was changed. */
  text: string | null;
  /** The visits that the operator marked, or left out. */
  marks: ReadonlyMap<string, boolean>;
  outcomes: Outcomes;
}>;

const nothing = { marks: new Map<string, boolean>(), outcomes: new Map<string, Outcome>() } as const;

/** What was entered stays while a visit of the list is looked at. */
const kept = signal<Kept>({ ...nothing, outage: { place: '', from: usualFrom(), to: null }, text: null });

/** Another place is another outage. */
const changed = (outage: OutageAt, changes: Partial<OutageAt>): Partial<Kept> => ({
  outage: { ...outage, ...changes },
  ...(changes.place !== undefined && nothing),
});

/** The words for what was not entered. */
function missingIn({ place, from, to }: OutageAt): string | null {
  if (place.trim() === '') return t().sayWhere;
  return from === '' || to === '' ? t().invalidTime : null;
}

const isGiven = (outcome: Outcome | undefined) => outcome !== undefined && 'version' in outcome;

/** One instruction to each visit of a place without service: go on, and send the photographs later. */
export function Outage() {
  const words = t();
  const { outage, text, marks, outcomes } = kept.value;
  const keep = (changes: Partial<Kept>) => {
    kept.value = { ...kept.peek(), ...changes };
  };
  const [progress, setProgress] = useState<Readonly<{ done: number; all: number }> | null>(null);
  const [isCut, setCut] = useState(false);
  const found = concernedBy(outage, rows.value.values(), contacts.value);
  const isMarked = ({ row, isSilent }: Concerned) => marks.get(row.visitId) ?? (isSilent && row.photosWaived !== true);
  const open = found.filter(({ row }) => !isGiven(outcomes.get(row.visitId)));
  const chosen = open.filter(isMarked);
  const said = text ?? words.outageText;
  const mark = (visits: readonly Concerned[], isOn: boolean) =>
    keep({ marks: new Map([...marks, ...visits.map(({ row }) => [row.visitId, isOn] as const)]) });

  async function give(event: SubmitEvent) {
    event.preventDefault();
    setCut(false);
    const given: Record<string, string | string[]> = {
      at: instant(),
      about: 'visit',
      decision: 'proceed',
      text: inOneLine(said),
    };
    const draft = { type: 'GiveInstruction', data: { ...given, waives: ['photos-sent'] } } as const;
    for (const [done, { row }] of chosen.entries()) {
      setProgress({ done, all: chosen.length });
      const outcome = await instruct(row, draft, words);
      if (outcome === null) {
        setCut(true);
        break;
      }
      keep({ outcomes: new Map(kept.peek().outcomes).set(row.visitId, outcome) });
    }
    setProgress(null);
  }

  const form = useRef<HTMLFormElement>(null);
  // The console may have been open since long before.
  useEffect(() => {
    if (kept.peek().outage.place === '') keep({ outage: { place: '', from: usualFrom(), to: null } });
  }, []);
  return (
    <main class="screen">
      <div class="head">
        <Title app={words.title} page={words.outage} />
        <p>{words.outageHint}</p>
      </div>
      <form
        ref={form}
        class="outage"
        onSubmit={give}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // A place that is entered is not yet an instruction.
          if (event.target instanceof HTMLInputElement) event.preventDefault();
          if ((event.ctrlKey || event.metaKey) && progress === null && chosen.length > 0) form.current?.requestSubmit();
        }}
      >
        <Where outage={outage} change={(changes) => keep(changed(outage, changes))} />
        <section class="visits" aria-labelledby="concerned">
          <h2 id="concerned" aria-live="polite">
            {words.concerned(found.length)}
          </h2>
          {found.length === 0 ? (
            <p class="hint">{missingIn(outage) ?? words.noneHere}</p>
          ) : (
            <>
              {outcomes.size === 0 && (
                <p class="hint">{words.silentOnes(found.filter(({ isSilent }) => isSilent).length)}</p>
              )}
              <div class="buttons">
                <button type="button" onClick={() => mark(open, true)}>
                  {words.markAll}
                </button>
                <button type="button" onClick={() => mark(open, false)}>
                  {words.markNone}
                </button>
              </div>
            </>
          )}
          <ul class="notes">
            {found.map((one) => (
              <Visit
                key={one.row.visitId}
                one={one}
                isMarked={isMarked(one)}
                mark={(isOn) => mark([one], isOn)}
                outcome={outcomes.get(one.row.visitId)}
              />
            ))}
          </ul>
        </section>
        <section class="say">
          <label class="field">
            {words.instruction}
            <textarea
              rows={4}
              maxLength={1000}
              required
              value={said}
              onInput={({ currentTarget }) => keep({ text: currentTarget.value })}
            />
          </label>
          <p class="hint">{words.waivesPhotos}</p>
          {isCut && (
            <p class="problem" role="alert">
              {words.cannotReach}
            </p>
          )}
          <button
            type="submit"
            class="primary confirm"
            disabled={progress !== null || chosen.length === 0 || inOneLine(said) === ''}
          >
            {progress === null
              ? chosen.length === 0
                ? words.markFirst
                : words.giveTo(chosen.length)
              : words.giving(progress.done, progress.all)}{' '}
            {chosen.length > 0 && <kbd>Ctrl ⏎</kbd>}
          </button>
          <Summary outcomes={outcomes} />
        </section>
      </form>
    </main>
  );
}

type WhereProps = Readonly<{ outage: OutageAt; change: (changes: Partial<OutageAt>) => void }>;

/** The place and the period. */
function Where({ outage: { place, from, to }, change }: WhereProps) {
  const words = t();
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus(), []);
  return (
    <section>
      <label class="field">
        {words.where}
        <input
          ref={input}
          value={place}
          maxLength={200}
          autocomplete="off"
          placeholder={words.whereHint}
          onInput={({ currentTarget }) => change({ place: currentTarget.value })}
        />
      </label>
      <div class="period">
        <Time label={words.outageFrom} at={from} isPast set={(at) => change({ from: at })} />
        {to !== null && <Time label={words.outageTo} at={to} isPast={false} set={(at) => change({ to: at })} />}
      </div>
      <label class="choice">
        <input
          type="checkbox"
          checked={to === null}
          onInput={({ currentTarget }) => change({ to: currentTarget.checked ? null : instant() })}
        />
        {words.outageLasts}
      </label>
    </section>
  );
}

type TimeProps = Readonly<{ label: string; at: Instant | ''; isPast: boolean; set: (at: Instant | '') => void }>;

function Time({ label, at, isPast, set }: TimeProps) {
  const words = t();
  const { day, time, setDay, setTime } = useMoment(at, isPast, set);
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      <div class="moment">
        <input
          type="time"
          aria-label={`${label}: ${words.hour}`}
          value={time}
          onInput={({ currentTarget }) => setTime(currentTarget.value)}
        />
        <input
          type="date"
          aria-label={`${label}: ${words.day}`}
          value={day}
          onInput={({ currentTarget }) => setDay(currentTarget.value)}
        />
      </div>
      {at === '' && <p class="problem">{words.invalidTime}</p>}
    </fieldset>
  );
}

type VisitProps = Readonly<{
  one: Concerned;
  isMarked: boolean;
  mark: (isOn: boolean) => void;
  outcome: Outcome | undefined;
}>;

function Visit({ one: { row, isSilent }, isMarked, mark, outcome }: VisitProps) {
  const words = t();
  return (
    <li class="concerned">
      <label class="choice">
        <input
          type="checkbox"
          checked={isGiven(outcome) || isMarked}
          disabled={isGiven(outcome)}
          onInput={({ currentTarget }) => mark(currentTarget.checked)}
        />
        <span>
          {subject(row)}{' '}
          <small>
            {row.provider?.name} · <Reached row={row} />
          </small>{' '}
          {!isSilent && outcome === undefined && <small class="chip good">{words.hasSignal}</small>}{' '}
          {row.photosWaived === true && outcome === undefined && <small class="chip good">{words.photosWaived}</small>}
          <Given row={row} outcome={outcome} />
        </span>
      </label>
      <a href={hrefOf('visit', row.visitId)} aria-label={`${words.openVisit}: ${subject(row)}`}>
        {words.openVisit}
      </a>
    </li>
  );
}

/** The outcome of a visit; once the instruction is given, if its phone has seen it. */
function Given({ row: { visitId, provider }, outcome }: { row: Row; outcome: Outcome | undefined }) {
  const words = t();
  if (outcome === undefined) return null;
  if (!('version' in outcome)) return <span class="problem">{outcome.problem}</span>;
  const isSeen = (contacts.value.get(provider?.id ?? '')?.seen.get(visitId) ?? 0) >= outcome.version;
  return (
    <small class={isSeen ? 'chip good' : 'chip'}>
      {words.given} · {isSeen ? words.seen : words.notSeen}
    </small>
  );
}

/** The number of visits that have the instruction now, and of those that were refused. */
function Summary({ outcomes }: { outcomes: Outcomes }) {
  const words = t();
  const given = [...outcomes.values()].filter(isGiven).length;
  const refused = outcomes.size - given;
  return (
    <div role="status">
      {given > 0 && <p>{words.givenTo(given)}</p>}
      {refused > 0 && <p class="problem">{words.notGivenTo(refused)}</p>}
    </div>
  );
}
