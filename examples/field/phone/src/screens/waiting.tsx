import { useState } from 'preact/hooks';
import { Icon } from '../../../ui/icon.tsx';
import { hrefOf } from '../../../ui/route.ts';
import { Title } from '../../../ui/title.tsx';
import { clientOf, hasNetwork, named, t, usePhone, when } from '../app.tsx';
import { disagreements } from '../disagreements.ts';
import { isExpired } from '../session.ts';
import { keptBack } from '../shown-visits.ts';
import { PhoneLogin } from './login.tsx';

/** The acts and photographs that are here and not at the center, why, and the ways to get them there. */
export function Waiting() {
  const { status, visits, replica, actorId } = usePhone();
  const [isShown, setShown] = useState(false);
  const words = t();
  const { online, oldestWaitingAt, lastSyncAt, lastResult, failing, syncing } = status.value;
  const [waiting, photosWaiting, photosLost] = [
    status.value.waiting ?? 0,
    status.value.photosWaiting ?? 0,
    status.value.photosLost ?? 0,
  ];
  const kept = keptBack(visits.value);
  // That there is no signal is said above, and is no failure.
  const troubled = failing.filter(
    ({ failure }) => failure.kind !== 'unavailable' || (online !== false && hasNetwork.value),
  );
  const disagreeing = disagreements.value.filter(({ status: state }) => state === 'waiting').length;
  const nameOf = (visitId: string) =>
    visits.value.flatMap((visit) => (visit.visitId === visitId ? clientOf(visit) : []))[0];

  /** Sends what was withheld again: what did not take it may be another by now. */
  async function sendAgain(commandId: string | undefined) {
    if (commandId !== undefined && (await replica.release(commandId))) await replica.sync();
  }

  async function handIn() {
    const text = await replica.exportUnsent();
    const url = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
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
      {waiting + photosWaiting + kept.length + disagreeing === 0 && <p>{words.waitingNone}</p>}
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
        {photosLost > 0 && (
          <div class="problem">
            <dt>{words.photosLost}</dt>
            <dd>{photosLost}</dd>
          </div>
        )}
      </dl>
      {lastResult === 'upgrade-required' && <p class="problem">{words.failures(lastResult)}</p>}
      {troubled.map(({ visitId, failure }) => (
        <p class="problem" key={visitId}>
          <strong>{nameOf(visitId) || visitId}.</strong> {words.failures(failure.kind)}
        </p>
      ))}
      {kept.length > 0 && (
        <section>
          <h2>{words.withheld}</h2>
          <ul>
            {kept.map(({ command, withheld }) => (
              <li key={command.metadata.commandId}>
                {nameOf(command.data.visitId)}: {named(command.type)}.{' '}
                {words.whyWithheld(withheld?.reason ?? '') || withheld?.message}
                {withheld?.reason !== 'quarantined' && (
                  <button type="button" class="wide" onClick={() => sendAgain(command.metadata.commandId)}>
                    {words.tryAgain}
                  </button>
                )}
              </li>
            ))}
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
