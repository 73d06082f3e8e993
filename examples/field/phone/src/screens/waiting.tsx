import type { ReplicaProblem } from 'auxilio/replica';
import { useState } from 'preact/hooks';
import { Icon } from '../../../ui/icon.tsx';
import { Picture } from '../../../ui/photographs.tsx';
import { hrefOf } from '../../../ui/route.ts';
import { Title } from '../../../ui/title.tsx';
import { clientOf, hasNetwork, named, t, usePhone, when } from '../app.tsx';
import { disagreements } from '../disagreements.ts';
import { isReplaceable, photosOf, readPhoto, replacePhoto } from '../photos.ts';
import { isExpired } from '../session.ts';
import { PhoneLogin } from './login.tsx';

/** The acts and photographs that are here and not at the center, why, and the ways to get them there. */
export function Waiting() {
  const { status, visits, replica, actorId } = usePhone();
  const [isShown, setShown] = useState(false);
  const words = t();
  const { verdict, problems, losses, online, oldestWaitingAt, lastSyncAt, lastResult, failing, syncing } = status.value;
  const [waiting, photosWaiting] = [status.value.waiting ?? 0, status.value.photosWaiting ?? 0];
  // That there is no signal is said above, and is no failure.
  const troubled = failing.filter(
    ({ failure }) => failure.kind !== 'unavailable' || (online !== false && hasNetwork.value),
  );
  const disagreeing = disagreements.value.filter(({ status: state }) => state === 'waiting').length;
  const nameOf = (visitId: string) =>
    visits.value.flatMap((visit) => (visit.visitId === visitId ? clientOf(visit) : []))[0];

  /** Sends what was withheld again: what did not take it may be another by now. */
  async function sendAgain(commandId: string) {
    if (await replica.release(commandId)) await replica.sync();
  }

  async function handIn() {
    const url = URL.createObjectURL(await replica.exportUnsent({ photos: true }));
    const name = `por-enviar-${actorId}-${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.ndjson`;
    Object.assign(document.createElement('a'), { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  return (
    <main>
      <a class="back" href={hrefOf('visits')}>
        <Icon name="back" /> {words.title}
      </a>
      <Title app={words.title} page={words.waiting} />
      {isExpired.value &&
        (isShown ? (
          <PhoneLogin />
        ) : (
          <button type="button" class="primary" onClick={() => setShown(true)}>
            {words.login}
          </button>
        ))}
      {verdict === 'received' && disagreeing === 0 && <p>{words.waitingNone}</p>}
      {verdict === 'unknown' && <p>{words.unknown}</p>}
      <dl class="figures">
        <div>
          <dt>{words.actsWaiting}</dt>
          <dd>{waiting}</dd>
        </div>
        <div>
          <dt>{words.photosWaiting}</dt>
          <dd>{photosWaiting}</dd>
        </div>
        {disagreeing > 0 && (
          <div>
            <dt>{words.disagreementsWaiting}</dt>
            <dd>{disagreeing}</dd>
          </div>
        )}
        {waiting + photosWaiting > 0 && oldestWaitingAt !== null && (
          <div>
            <dt>{words.oldest}</dt>
            <dd>{when(oldestWaitingAt)}</dd>
          </div>
        )}
        <div>
          <dt>{words.lastSync}</dt>
          <dd>{lastSyncAt === null ? words.never : when(lastSyncAt)}</dd>
        </div>
      </dl>
      {lastResult === 'upgrade-required' && <p class="problem">{words.failures(lastResult)}</p>}
      {troubled.map(({ visitId, failure }) => (
        <p class="problem" key={visitId}>
          <strong>{nameOf(visitId) || visitId}.</strong> {words.failures(failure.kind)}
        </p>
      ))}
      {losses.map((loss) => (
        <p class="problem" key={loss.kind === 'store' ? '' : `${loss.kind} ${loss.visitId}`}>
          {loss.kind === 'store' && words.lostStore(when(loss.noticedAt))}{' '}
          {loss.kind === 'store' && loss.received && words.receivedBefore(when(loss.received.at))}
          {loss.kind !== 'store' && `${nameOf(loss.visitId) ?? ''} `}
          {loss.kind === 'acts' && words.lostActs(loss.commandIds.length)}
          {loss.kind === 'quarantined' && words.whyWithheld(loss.kind)}
        </p>
      ))}
      {losses.length > 0 && (
        <button type="button" class="wide" onClick={() => replica.dismissLosses()}>
          {words.understood}
        </button>
      )}
      {problems.length > 0 && (
        <section>
          <h2>{words.withheld}</h2>
          <ul class="cards">
            {problems.map((problem) =>
              problem.what === 'act' ? (
                <li key={problem.commandId}>
                  {nameOf(problem.visitId)}: {named(problem.type)}.{' '}
                  {words.whyWithheld(problem.reason) || problem.message}
                  {problem.reason !== 'quarantined' && (
                    <button type="button" class="wide" onClick={() => sendAgain(problem.commandId)}>
                      {words.tryAgain}
                    </button>
                  )}
                </li>
              ) : (
                <li key={problem.sha256}>
                  <RefusedPhoto problem={problem} client={nameOf(problem.visitId)} />
                </li>
              ),
            )}
          </ul>
        </section>
      )}
      <button type="button" class="primary" disabled={syncing} onClick={() => replica.sync()}>
        <Icon name="send" /> {syncing ? words.sending : words.sendNow}
      </button>
      <button type="button" class="wide" onClick={handIn}>
        {words.handIn}
      </button>
      <p class="hint">{words.handInHint}</p>
    </main>
  );
}

type PhotoProblem = Exclude<ReplicaProblem, { what: 'act' }>;

/** A photograph that the center refused, or whose bytes are lost: its picture, why, and the ways out. */
function RefusedPhoto({ problem, client = '' }: { problem: PhotoProblem; client: string | undefined }) {
  const { replica, status, visits, undo } = usePhone();
  const [trouble, setTrouble] = useState('');
  const words = t();
  const { visitId, sha256 } = problem;
  const visit = visits.value.find((one) => one.visitId === visitId);
  const place = visit === undefined ? 0 : photosOf(visit).findIndex((one) => one.sha256 === sha256) + 1;
  const why =
    problem.what === 'lost-photo'
      ? words.whyRefused('lost')
      : words.whyRefused(problem.reason ?? problem.kind) || problem.message;

  /** Takes back what says that it is sent; the others are sent by another act. */
  async function withdraw() {
    for (const one of status.value.problems) {
      if (one.what === 'act' && one.visitId === visitId && one.message.includes(sha256))
        await undo(visitId, one.commandId);
    }
    setTrouble((await replica.photos.remove(visitId, sha256)).ok ? '' : words.mistakeLate);
  }

  /** Puts another in its place, which is sent as if it had been taken first. */
  async function replace(file: File) {
    try {
      if (await replacePhoto(replica, visitId, sha256, file)) await replica.sync();
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <>
      <div class="pictures">
        <Picture sha256={sha256} alt={words.photoOf(place)} readPhoto={(name) => readPhoto(replica, name)} />
      </div>
      {client}: {words.photoOf(place)}. {why}
      {visit !== undefined && isReplaceable(visit, sha256) ? (
        <label class="button wide camera">
          <Icon name="camera" /> {words.replacePhoto}
          <input
            type="file"
            accept="image/*"
            capture="environment"
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              currentTarget.value = '';
              if (file !== undefined) void replace(file);
            }}
          />
        </label>
      ) : (
        <a class="button wide" href={hrefOf('act', visitId, 'TakePhotos')}>
          <Icon name="camera" /> {words.takeAnother}
        </a>
      )}
      <button type="button" class="wide" onClick={withdraw}>
        {words.withdraw}
      </button>
      {trouble !== '' && (
        <p class="problem" role="alert">
          {trouble}
        </p>
      )}
    </>
  );
}
