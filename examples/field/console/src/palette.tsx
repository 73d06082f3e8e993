import type { SearchResult } from 'auxilio/service';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { goTo } from '../../ui/route.ts';
import { joined, plain } from '../../ui/text.ts';
import { get } from './api.ts';
import { t } from './app.ts';
import { rows } from './board.ts';
import { type Command, commandsNow, shownKey } from './keys.ts';
import { session } from './session.ts';

type Option = Command & Readonly<{ id: string; key: string | null; detail?: string }>;

type Subject = Pick<SearchResult['visits'][number], 'visitId' | 'client' | 'caseNumber' | 'service' | 'provider'>;

const visitOption = ({ visitId, client, caseNumber, service, provider }: Subject): Option => ({
  id: visitId,
  key: null,
  does: client ?? caseNumber ?? visitId,
  detail: joined(client === null ? null : caseNumber, service, provider?.name),
  run: () => goTo('visit', visitId),
});

/** The most visits that are offered. */
const most = 8;

/** The visits that what is typed finds: those of the board at once, all others as the server finds them. */
function useVisits(text: string): readonly Option[] {
  const [found, setFound] = useState<readonly Subject[]>([]);
  useEffect(() => {
    setFound([]);
    if (text.trim() === '') return;
    let isOld = false;
    const timer = setTimeout(async () => {
      const answer = await get<SearchResult>(`/search?q=${encodeURIComponent(text)}`);
      if (!isOld && answer.ok) setFound(answer.value.visits);
    }, 150);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [text]);
  if (text.trim() === '') return [];
  const onBoard = [...rows.peek().values()].filter((row) => isMatch(visitOption(row), text));
  return [...new Map([...onBoard, ...found].map((one) => [one.visitId, visitOption(one)])).values()].slice(0, most);
}

/** True if every word that is typed is in it. */
function isMatch({ does, detail = '' }: Option, text: string): boolean {
  const whole = plain(`${does} ${detail}`);
  return plain(text)
    .split(/\s+/)
    .every((word) => whole.includes(word));
}

/** Goes to a visit or a screen, or does what has a key now: opened by one key, also while something is typed. */
export function Palette() {
  const words = t();
  const dialog = useRef<HTMLDialogElement>(null);
  const [commands, setCommands] = useState<readonly Option[] | null>(null);
  const opened = useRef(0);
  function open() {
    if (session.peek() === null || document.querySelector('dialog[open]') !== null) return;
    opened.current += 1;
    setCommands(commandsNow().map((one) => ({ ...one, id: one.does })));
  }
  /** The browser tells later that it was closed: by then it may be open again. */
  function clear() {
    if (dialog.current?.open !== true) setCommands(null);
  }
  // Before the next key, which is typed into its field.
  useLayoutEffect(() => {
    if (commands !== null) dialog.current?.showModal();
  }, [commands]);
  useEffect(() => {
    function listen(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      open();
    }
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <>
      <button type="button" class="plain" aria-haspopup="dialog" onClick={open}>
        {words.palette} <kbd>Ctrl K</kbd>
      </button>
      <dialog ref={dialog} class="palette" aria-label={words.palette} onClose={clear}>
        {commands !== null && (
          <Choose
            key={opened.current}
            commands={commands}
            chosen={(run) => {
              // The focus goes back first: what is done may take it.
              dialog.current?.close();
              run();
            }}
          />
        )}
      </dialog>
    </>
  );
}

type ChooseProps = Readonly<{ commands: readonly Option[]; chosen: (run: () => void) => void }>;

function Choose({ commands, chosen }: ChooseProps) {
  const words = t();
  const [text, setText] = useState('');
  const [place, setPlace] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const visits = useVisits(text);
  const options = [...visits, ...commands.filter((one) => isMatch(one, text))];
  const current = options[place];
  useEffect(() => list.current?.children[place]?.scrollIntoView({ block: 'nearest' }), [place]);
  return (
    <>
      <input
        role="combobox"
        aria-label={words.paletteHint}
        placeholder={words.paletteHint}
        aria-expanded="true"
        aria-controls="palette"
        aria-autocomplete="list"
        aria-activedescendant={current && `palette-${place}`}
        autocomplete="off"
        maxLength={200}
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          setPlace(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setPlace(Math.min(options.length - 1, place + 1));
          else if (event.key === 'ArrowUp') setPlace(Math.max(0, place - 1));
          else if (event.key === 'Enter' && current !== undefined) chosen(current.run);
          else return;
          event.preventDefault();
        }}
      />
      <div role="status">{options.length === 0 && <p class="empty">{words.paletteNone}</p>}</div>
      <div ref={list} id="palette" role="listbox" aria-label={words.palette}>
        {options.map(({ id, does, detail, key, run }, nth) => (
          // It is chosen by the keys of the field above, or by a touch.
          <button
            type="button"
            tabIndex={-1}
            key={id}
            id={`palette-${nth}`}
            role="option"
            aria-selected={nth === place}
            onClick={() => chosen(run)}
          >
            <span>
              {does} {detail !== undefined && detail !== '' && <small>{detail}</small>}
            </span>
            {key !== null && <kbd>{shownKey(key)}</kbd>}
          </button>
        ))}
      </div>
    </>
  );
}
