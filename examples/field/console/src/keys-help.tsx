import { useRef, useState } from 'preact/hooks';
import { t } from './app.ts';
import { commandsNow, hasLetters, setLetters, shownKey, useKeys } from './keys.ts';

/** The keys of the screens, and the choice to do without those of one letter. */
export function KeysHelp() {
  const words = t();
  const dialog = useRef<HTMLDialogElement>(null);
  const [commands, setCommands] = useState<ReturnType<typeof commandsNow>>([]);
  function open() {
    setCommands(commandsNow().filter(({ key }) => key !== null));
    dialog.current?.showModal();
  }
  useKeys({ '?': open });
  return (
    <>
      <button type="button" class="plain" aria-haspopup="dialog" onClick={open}>
        {words.keys} <kbd>?</kbd>
      </button>
      <dialog ref={dialog} aria-labelledby="keys">
        <h2 id="keys">{words.keys}</h2>
        <ul>
          {words
            .keysHelp()
            .split('\n')
            .map((line) => (
              <li key={line}>{line}</li>
            ))}
        </ul>
        {commands.length > 0 && (
          <>
            <h3>{words.keysHere}</h3>
            <ul>
              {commands.map(({ key, does }) => (
                <li key={key}>
                  <kbd>{shownKey(key ?? '')}</kbd> {does}
                </li>
              ))}
            </ul>
          </>
        )}
        <label class="choice">
          <input
            type="checkbox"
            checked={hasLetters.value}
            onInput={({ currentTarget }) => setLetters(currentTarget.checked)}
          />
          <span>{words.letters}</span>
        </label>
        <button type="button" class="primary" onClick={() => dialog.current?.close()}>
          {words.close}
        </button>
      </dialog>
    </>
  );
}
