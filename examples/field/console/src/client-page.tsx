/** The client's page of a visit: the link or the code that the center gives, and the sessions that were opened by them. */
import { useEffect, useState } from 'preact/hooks';
import type { ClientCodeReply, ClientLinkReply, ClientSessionsReply } from '../../server/client-links.ts';
import { type Answer, get, post, put, record, remove, visitPath } from './api.ts';
import { instant, say, t, when } from './app.ts';
import { lastClientChange } from './board.ts';
import type { Log } from './visit-log.ts';

/** The ways and sessions of a visit's client, and the signatures of their acts, read again when one has changed. */
export function useClientSessions({ visitId, events }: Log): ClientSessionsReply | null {
  const [found, setFound] = useState<ClientSessionsReply | null>(null);
  const { value: change } = lastClientChange;
  useEffect(() => {
    let isGone = false;
    get<ClientSessionsReply>(`${visitPath(visitId)}/client-sessions`).then((answer) => {
      if (answer.ok && !isGone) setFound(answer.value);
    });
    return () => {
      isGone = true;
    };
  }, [visitId, events.length, change?.visitId === visitId ? change.count : 0]);
  return found;
}

type Given = Readonly<{ link: ClientLinkReply } | { code: ClientCodeReply }>;

export function ClientPage({ log }: { log: Log }) {
  const { visitId, state } = log;
  const words = t();
  const found = useClientSessions(log);
  const [given, setGiven] = useState<Given | null>(null);
  const path = visitPath(visitId);
  useEffect(() => setGiven(null), [visitId]);
  const take = <T,>(answer: Answer<T>, done: (value: T) => void) => {
    if (answer.ok) done(answer.value);
    else say(answer.status === 0 ? words.cannotReach : answer.title);
  };
  const makeLink = async () =>
    take(await post<ClientLinkReply>(`${path}/client-link`, {}), (link) => setGiven({ link }));
  const makeCode = async () =>
    take(await post<ClientCodeReply>(`${path}/client-code`, {}), (code) => setGiven({ code }));
  const revoke = async () => take(await remove(`${path}/client-link`), () => setGiven(null));
  const topics = (['delay', 'provider-change'] as const).filter((topic) =>
    state.debts.some(({ kind }) => kind === `notify-${topic}`),
  );
  async function noteNotice(reached: boolean) {
    const data = { at: instant(), about: topics, reached, channel: 'link' };
    take(await record({ type: 'NotifyClient', data }, visitId, crypto.randomUUID()), () => undefined);
  }
  const made = found?.made ?? [];
  const isOpen = made.some(({ usedAt, revokedAt }) => usedAt === null && revokedAt === null);
  const isUsed = found?.sessions.some(({ endedAt }) => endedAt === null) === true;
  return (
    <section>
      <h2>{words.clientPage}</h2>
      <p class="buttons">
        <button type="button" onClick={makeLink}>
          {words.makeLink}
        </button>
        <button type="button" onClick={makeCode}>
          {words.makeCode}
        </button>
      </p>
      <div role="status">{given !== null && <Shown given={given} />}</div>
      {topics.length > 0 && made.some(({ way }) => way === 'link') && (
        <p class="buttons">
          {[true, false].map((reached) => (
            <button key={String(reached)} type="button" onClick={() => noteNotice(reached)}>
              {words.noticeByLink(reached)}
            </button>
          ))}
        </p>
      )}
      {found !== null && <ClientSessions found={found} />}
      {state.provider !== null && <Portrait key={state.provider.id} provider={state.provider} />}
      {(isOpen || isUsed) && (
        <button type="button" onClick={revoke}>
          {words.revokeClient}
        </button>
      )}
    </section>
  );
}

/** The photograph by which the client knows the provider, and another one to take its place. */
function Portrait({ provider: { id, name } }: { provider: Readonly<{ id: string; name: string }> }) {
  const words = t();
  const [changes, setChanges] = useState(0);
  const [isThere, setThere] = useState(true);
  const path = `/providers/${encodeURIComponent(id)}/portrait`;
  async function choose({ currentTarget }: { currentTarget: HTMLInputElement }) {
    const [file] = currentTarget.files ?? [];
    if (file === undefined) return;
    const answer = await put(path, file);
    currentTarget.value = '';
    if (!answer.ok) return say(answer.status === 0 ? words.cannotReach : answer.title);
    setThere(true);
    setChanges(changes + 1);
  }
  return (
    <div class="portrait">
      {isThere ? (
        <img src={`/api${path}?${changes}`} alt={words.portraitOf(name)} onError={() => setThere(false)} />
      ) : (
        <p class="hint">{words.noPortrait(name)}</p>
      )}
      <label>
        {words.choosePortrait}
        <input type="file" accept="image/jpeg,image/png,image/webp" onChange={choose} />
      </label>
    </div>
  );
}

/** A link to send by a message, or a code to say: it is shown once. */
function Shown({ given }: { given: Given }) {
  const words = t();
  if ('code' in given) {
    const { code, number, expiresAt } = given.code;
    return <p>{words.sayCode(`${code.slice(0, 3)} ${code.slice(3)}`, number, when(expiresAt))}</p>;
  }
  const { url, number } = given.link;
  const copy = () => void navigator.clipboard.writeText(url).then(() => say(words.copied), console.error);
  return (
    <p>
      <input readOnly aria-label={words.makeLink} value={url} onFocus={({ currentTarget }) => currentTarget.select()} />{' '}
      <button type="button" onClick={copy}>
        {words.copy}
      </button>{' '}
      <a href={`sms:${number}?body=${encodeURIComponent(words.linkMessage(url))}`}>{words.sendTo(number)}</a>
    </p>
  );
}

/** The sessions and by which way each was opened; and the links that somebody tried again. */
export function ClientSessions({ found: { made, sessions } }: { found: ClientSessionsReply }) {
  const words = t();
  return (
    <ul class="notes">
      {sessions.map(({ sessionId, way, openedAt, endedAt }) => (
        <li key={sessionId}>
          {words.openedBy(way)} <small>{when(openedAt)}</small>
          {endedAt !== null && (
            <small>
              {' '}
              · {words.clientLeft} {when(endedAt)}
            </small>
          )}
        </li>
      ))}
      {made.flatMap(({ way, at, triedAgainAt }) =>
        triedAgainAt.slice(-1).map((tried) => (
          <li key={`${way} ${at}`}>
            <small class="chip">{words.triedAgain(way, triedAgainAt.length)}</small> <small>{when(tried)}</small>
          </li>
        )),
      )}
    </ul>
  );
}
