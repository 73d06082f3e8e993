import { replay, worked } from 'auxilio/core';
import { useEffect, useState } from 'preact/hooks';
import type { EventsReply } from '../../../../http/replies.ts';
import { Icon } from '../../../ui/icon.tsx';
import { goTo, hrefOf } from '../../../ui/route.ts';
import { inOneLine, joined } from '../../../ui/text.ts';
import { lengthOf } from '../../../ui/time.ts';
import { Title } from '../../../ui/title.tsx';
import { get, isOvertaken, record, visitPath } from '../api.ts';
import { instant, say, t } from '../app.ts';
import { queue, rows } from '../board.ts';
import { type Case, caseOf, takingOf } from '../case.ts';
import { headlineOf } from '../case-headline.ts';
import { type Cause, causeOf, causes } from '../cause.ts';
import { useKeys } from '../keys.ts';
import { plainPlan } from '../plan.ts';
import { readsOf } from '../reads.ts';
import { session } from '../session.ts';
import type { Log } from '../visit-log.ts';

type Grouped = Readonly<{ log: Log; found: Case; cause: Cause }>;

/** A visit as it was read, and the version of its row by then. */
type Read = Readonly<{ version: number; grouped: Grouped | null }>;

/** The most cases that are read, and how many at once. */
const most = 300;
const atOnce = 6;

async function readCase(visitId: string): Promise<Grouped | null | undefined> {
  const [answer, read] = await Promise.all([get<EventsReply>(`${visitPath(visitId)}/events`), readsOf(visitId)]);
  if (!answer.ok || read === null) return undefined;
  const { events } = answer.value;
  const found = caseOf(events, read);
  const log = { visitId, events, state: replay(events) };
  return found === null ? null : { log, found, cause: causeOf(log, found) };
}

const versionOf = (visitId: string): number => rows.peek().get(visitId)?.version ?? 0;

/** The cases of visits, each read again when its visit has changed. */
function useCases(visitIds: readonly string[]): ReadonlyMap<string, Read> {
  const [cases, setCases] = useState<ReadonlyMap<string, Read>>(new Map());
  const wanted = visitIds.filter((visitId) => cases.get(visitId)?.version !== versionOf(visitId));
  useEffect(() => {
    let isOld = false;
    const left = [...wanted];
    async function readSome(): Promise<void> {
      for (let visitId = left.shift(); visitId !== undefined && !isOld; visitId = left.shift()) {
        const read = visitId;
        const version = versionOf(read);
        const grouped = await readCase(read);
        if (grouped !== undefined) setCases((before) => new Map(before).set(read, { version, grouped }));
      }
    }
    for (let reader = 0; reader < atOnce; reader += 1) void readSome();
    return () => {
      isOld = true;
    };
  }, [visitIds.map((visitId) => `${visitId} ${versionOf(visitId)}`).join(' ')]);
  return cases;
}

/** The discrepancies by their cause. Those of pure signal loss are decided together, each by a settlement of its own. */
export function Causes() {
  const words = t();
  const all = queue.value.flatMap(({ wait, row }) => (wait.for === 'settle-discrepancy' ? [row.visitId] : []));
  const visitIds = all.slice(0, most);
  const cases = useCases(visitIds);
  useKeys({ Escape: () => goTo('') });
  const open = visitIds.flatMap((visitId) => cases.get(visitId)?.grouped ?? []);
  const read = visitIds.filter((visitId) => cases.has(visitId)).length;
  return (
    <main class="screen">
      <div class="head">
        <a class="back" href={hrefOf('')} aria-label={words.back}>
          <Icon name="back" />
        </a>
        <Title app={words.title} page={words.byCause} />
        <p role="status">
          {read < visitIds.length ? words.reading(read, visitIds.length) : words.concerned(all.length)}
        </p>
      </div>
      {visitIds.length === 0 && <p class="empty">{words.noneToDecide}</p>}
      {all.length > most && <p class="hint">{words.oldestOnly(most)}</p>}
      <div class="column">
        {causes.map((cause) => {
          const own = open.filter((one) => one.cause === cause);
          return own.length === 0 ? null : <Group key={cause} cause={cause} cases={own} />;
        })}
      </div>
    </main>
  );
}

/** The number of cases up to which all are shown at once. */
const few = 5;

function Group({ cause, cases }: { cause: Cause; cases: readonly Grouped[] }) {
  const words = t();
  return (
    <section>
      <h2>
        {words.causes(cause)} <small>{words.concerned(cases.length)}</small>
      </h2>
      {cause === 'signal' ? <Together cases={cases} /> : <p class="hint">{words.oneByOne}</p>}
      <details class="fold" open={cases.length <= few}>
        <summary class="fold-line">{words.seeThem(cases.length)}</summary>
        <ul class="notes">
          {cases.map((one) => (
            <Entry key={one.log.visitId} one={one} />
          ))}
        </ul>
      </details>
    </section>
  );
}

const minutesOf = ({ found: { all } }: Case): number => (all.ok ? worked(all.state, instant()).workedMs : 0);

function Entry({ one }: { one: Grouped }) {
  const words = t();
  const { log, found } = one;
  const { client, caseNumber, visitId } = log.state;
  const isTaken = found.found.all.ok;
  return (
    <li>
      <a href={hrefOf('case', log.visitId)}>{client?.name ?? caseNumber ?? visitId}</a>{' '}
      <small>{joined(client === null ? '' : caseNumber, log.state.place)}</small>
      <p>
        {headlineOf(found)} {isTaken && <small>{words.takenCounts(lengthOf(minutesOf(one.found)))}</small>}
      </p>
    </li>
  );
}

type Progress = Readonly<{ done: number; all: number }>;

/** A case that was not taken, and why. */
type Left = Readonly<{ one: Grouped; why: string }>;

/** Takes all acts of a case, one settlement for each report; answers why not, or null. */
async function takeAll({ log, found }: Grouped, text: string): Promise<string | null> {
  const words = t();
  // Its cause may be another by now.
  if (versionOf(log.visitId) > log.events.length) return words.changedMeanwhile;
  const by = { text, at: instant(), operator: { role: 'contact-center', id: session.value?.actorId ?? '' } as const };
  const plan = plainPlan(
    log.events,
    takingOf(found, ({ kind }) => kind !== 'twin'),
    by,
  );
  if (plan === null) return words.cannotTake;
  let version = log.events.length;
  for (const step of plan.steps) {
    const answer = await record(step, log.visitId, step.commandId, version);
    if (answer.ok) version = answer.value.version;
    else if (isOvertaken(answer)) return words.changedMeanwhile;
    else return [answer.title || words.cannotReach, ...answer.details].join(' ');
  }
  return null;
}

function Together({ cases }: { cases: readonly Grouped[] }) {
  const words = t();
  const [text, setText] = useState('');
  const [progress, setProgress] = useState<Progress | null>(null);
  const [left, setLeft] = useState<readonly Left[]>([]);
  async function take(event: SubmitEvent) {
    event.preventDefault();
    setLeft([]);
    let taken = 0;
    for (const [done, one] of cases.entries()) {
      setProgress({ done, all: cases.length });
      const why = await takeAll(one, inOneLine(text));
      if (why === null) taken += 1;
      else setLeft((before) => [...before, { one, why }]);
    }
    setProgress(null);
    say(words.takenOf(taken, cases.length));
  }
  const total = cases.reduce((sum, one) => sum + minutesOf(one.found), 0);
  return (
    <form onSubmit={take}>
      <p>{words.togetherMeans(cases.length, lengthOf(total))}</p>
      <label class="field">
        {words.reason}
        <input
          required
          maxLength={1000}
          value={text}
          placeholder={words.togetherReason}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <div class="buttons">
        <button type="submit" class="primary" disabled={progress !== null || text.trim() === ''}>
          {progress === null ? words.takeTogether(cases.length) : words.taking(progress.done, progress.all)}
        </button>
      </div>
      {left.length > 0 && (
        <ul class="problem" role="alert">
          {left.map(({ one: { log }, why }) => (
            <li key={log.visitId}>
              <a href={hrefOf('case', log.visitId)}>{log.state.client?.name ?? log.visitId}</a>: {why}
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
