import { replay } from 'auxilio/core';
import { useEffect, useState } from 'preact/hooks';
import type { EventsReply } from '../../../../http/replies.ts';
import { hrefOf } from '../../../ui/route.ts';
import { lengthOf } from '../../../ui/time.ts';
import { get, record, visitPath } from '../api.ts';
import { instant, t } from '../app.ts';
import { queue } from '../board.ts';
import { type Case, caseOf, meaningOf, takingOf } from '../case.ts';
import { headlineOf } from '../case-headline.ts';
import { type Cause, causeOf, causes } from '../cause.ts';
import { plainPlan } from '../plan.ts';
import { session } from '../session.ts';
import type { Log } from '../visit-log.ts';

type Grouped = Readonly<{ log: Log; found: Case; cause: Cause }>;

/** The most cases that are read at once. */
const most = 300;

async function readCase(visitId: string): Promise<Grouped | null> {
  const answer = await get<EventsReply>(`${visitPath(visitId)}/events`);
  if (!answer.ok) return null;
  const { events } = answer.value;
  const found = caseOf(events);
  const log = { visitId, events, state: replay(events) };
  return found === null ? null : { log, found, cause: causeOf(log, found) };
}

/** The discrepancies by their cause. Those of pure signal loss are decided together, each by a settlement of its own. */
export function Causes() {
  const words = t();
  const visitIds = queue.value
    .flatMap(({ group, row }) => (group === 'discrepancy' ? [row.visitId] : []))
    .slice(0, most);
  const [cases, setCases] = useState<ReadonlyMap<string, Grouped>>(new Map());
  const key = visitIds.join(' ');
  useEffect(() => {
    let isOld = false;
    async function readAll() {
      for (const visitId of visitIds) {
        if (isOld) return;
        const found = await readCase(visitId);
        if (found !== null && !isOld) setCases((before) => new Map(before).set(visitId, found));
      }
    }
    void readAll();
    return () => {
      isOld = true;
    };
  }, [key]);
  const open = visitIds.flatMap((visitId) => cases.get(visitId) ?? []);
  return (
    <main class="screen">
      <div class="head">
        <h1>{words.byCause}</h1>
        <p>{words.concerned(visitIds.length)}</p>
      </div>
      {visitIds.length === 0 && <p class="empty">{words.noneHere}</p>}
      <div class="column">
        {causes.map((cause) => {
          const own = open.filter((one) => one.cause === cause);
          return own.length === 0 ? null : <Group key={cause} cause={cause} cases={own} />;
        })}
      </div>
    </main>
  );
}

function Group({ cause, cases }: { cause: Cause; cases: readonly Grouped[] }) {
  const words = t();
  return (
    <section>
      <h2>
        {words.causes(cause)} <small>{words.concerned(cases.length)}</small>
      </h2>
      <ul class="notes">
        {cases.map(({ log, found }) => {
          const meaning = meaningOf(found.found.all);
          return (
            <li key={log.visitId}>
              <a href={hrefOf('case', log.visitId)}>{log.state.client?.name ?? log.state.caseNumber ?? log.visitId}</a>{' '}
              {headlineOf(found)} {meaning !== null && <small>{words.counts(lengthOf(meaning.workedMs))}</small>}
            </li>
          );
        })}
      </ul>
      {cause === 'signal' && <Together cases={cases} />}
    </section>
  );
}

/** Takes all acts of all these cases, one settlement for each report. */
function Together({ cases }: { cases: readonly Grouped[] }) {
  const words = t();
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function take(event: SubmitEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const by = { text, at: instant(), operator: { role: 'contact-center', id: session.value?.actorId ?? '' } as const };
    for (const { log, found } of cases) {
      const plan = plainPlan(
        log.events,
        takingOf(found, ({ kind }) => kind !== 'twin'),
        by,
      );
      for (const step of plan?.steps ?? []) {
        const answer = await record(step, log.visitId, step.commandId);
        if (!answer.ok) setProblem([answer.title || words.cannotReach, ...answer.details].join(' '));
      }
    }
    setBusy(false);
  }
  return (
    <form class="inline" onSubmit={take}>
      <input
        aria-label={words.reason}
        placeholder={words.reason}
        required
        maxLength={1000}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <button type="submit" class="primary" disabled={isBusy || text.trim() === ''}>
        {words.takeTogether(cases.length)}
      </button>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
