import type { SearchResult } from 'auxilio/service';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { goTo, hrefOf } from '../../../ui/route.ts';
import { joined } from '../../../ui/text.ts';
import { Title } from '../../../ui/title.tsx';
import { get } from '../api.ts';
import { phaseText, t, when } from '../app.ts';
import { rows } from '../board.ts';
import { useKeys } from '../keys.ts';
import { useLeft } from '../left.ts';
import { session } from '../session.ts';

/** Finds a visit by name, case number or provider, while the other talks. */
export function Search() {
  const words = t();
  // The center alone has the telephone numbers.
  const byNumber = session.value?.role !== 'payer';
  const [text, setText] = useLeft('search', '');
  const [found, setFound] = useState<SearchResult | null>(null);
  const [place, setPlace] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus(), []);
  useEffect(() => {
    if (text.trim() === '') {
      setFound(null);
      return;
    }
    let isOld = false;
    const timer = setTimeout(async () => {
      const answer = await get<SearchResult>(`/search?q=${encodeURIComponent(text)}`);
      if (isOld || !answer.ok) return;
      setFound(answer.value);
      setPlace(0);
    }, 150);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [text]);
  const visits = found?.visits ?? [];
  const chosen = visits[place];
  const open = () => {
    if (chosen !== undefined) goTo('visit', chosen.visitId);
  };
  useKeys({ '/': () => input.current?.focus() });
  return (
    <main class="screen">
      <div class="head">
        <Title app={words.title} page={words.search} />
      </div>
      <input
        ref={input}
        type="search"
        aria-label={words.searchBy(byNumber)}
        placeholder={words.searchBy(byNumber)}
        autocomplete="off"
        maxLength={200}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setPlace(Math.min(visits.length - 1, place + 1));
          else if (event.key === 'ArrowUp') setPlace(Math.max(0, place - 1));
          else if (event.key === 'Enter') open();
          else return;
          event.preventDefault();
        }}
      />
      <div role="status">
        {chosen !== undefined && (
          <span class="hidden">{words.foundOne(place + 1, visits.length, subjectOf(chosen))}</span>
        )}
        {found !== null && visits.length === 0 && <p class="empty">{words.notFound(byNumber)}</p>}
      </div>
      <ul class="found" aria-label={words.search}>
        {visits.map(({ visitId, client, caseNumber, service, provider, phase, lastActAt }, nth) => (
          <li key={visitId}>
            <a class={nth === place ? 'result chosen' : 'result'} href={hrefOf('visit', visitId)}>
              <span class={`phase ${phase}`}>{phaseText(phase, rows.peek().get(visitId)?.isTakenOver)}</span>
              <span class="what">
                <b>{client ?? caseNumber ?? visitId}</b>
                <small>{joined(caseNumber, service, provider?.name)}</small>
              </span>
              <small>{lastActAt !== null && when(lastActAt)}</small>
            </a>
          </li>
        ))}
      </ul>
      {found?.more && <p class="hint">{words.moreFound}</p>}
    </main>
  );
}

/** The visit that the arrow keys have reached, for someone who does not see it. */
const subjectOf = ({ client, caseNumber, service, provider }: SearchResult['visits'][number]): string =>
  [client, caseNumber, service, provider?.name].filter(Boolean).join(', ');
