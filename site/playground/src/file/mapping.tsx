import { eventTypes } from 'auxilio';
import type { SheetMapping } from 'auxilio/logs';
import { useId, useRef } from 'preact/hooks';
import { save } from '../save.ts';
import { reportContext, upper } from '../visit/report.ts';
import { problemText } from './problems.ts';
import { auditDraft, type Draft, edit, mappingProblems, tried } from './state.ts';
import { t } from './words.ts';

/** The mapping by which a sheet is read: what was guessed, what is left to decide, and its text to edit. */
export function Mapping({ draft }: { draft: Draft }) {
  const texts = t();
  const id = useId();
  const { guess, text, isPartial } = draft;
  const missing = guess.missing.map((need) => texts[`need-${need}`]).join(', ');
  return (
    <section class="sheet-box" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{texts.mapping}</h2>
      <p>
        {texts.mappingLead} {isPartial && texts.partial}
      </p>
      {missing !== '' && <p class="problem">{texts.missing(missing)}</p>}
      {guess.unclearDate !== null && <p class="problem">{texts.unclearDate(guess.unclearDate)}</p>}
      {guess.words.length > 0 && (
        <fieldset class="undecided">
          <legend>{texts.undecided}</legend>
          {guess.words.map(({ word, rows, acts }) => (
            <Word key={word} word={word} rows={rows} acts={acts} draft={draft} />
          ))}
        </fieldset>
      )}
      <label for={`${id}-text`}>{texts.mappingText}</label>
      <textarea
        id={`${id}-text`}
        class="json-text"
        rows={14}
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => void edit(currentTarget.value)}
      />
      <div role="alert">
        {mappingProblems.value.map((problem) => (
          <p key={problem} class="problem">
            {problem}
          </p>
        ))}
      </div>
      <Trial />
      <div class="buttons">
        <button type="button" class="primary" onClick={() => void auditDraft()}>
          {texts.auditSheet}
        </button>
        <SavedMapping text={text} />
      </div>
    </section>
  );
}

const mostProblems = 12;

/** What the mapping reads of the sheet, and what the other rows lack. */
function Trial() {
  const texts = t();
  const found = tried.value;
  if (found === null) return <div role="status" />;
  return (
    <div role="status">
      <p>{texts.tried(found.events, found.rows)}</p>
      <ul class="problems-of-rows">
        {found.problems.slice(0, mostProblems).map((problem) => (
          <li key={JSON.stringify([problem.column, problem.path, problem.code])}>
            {problemText(problem)} ({texts.rows(problem.rows)})
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Opens a mapping that was made before, and saves the one that is shown. */
function SavedMapping({ text }: { text: string }) {
  const texts = t();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        {texts.openMapping}
      </button>
      <input
        ref={input}
        type="file"
        class="hidden mapping-file"
        accept="application/json,.json"
        tabIndex={-1}
        aria-label={texts.openMapping}
        onChange={async ({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) await edit(await file.text());
          currentTarget.value = '';
        }}
      />
      <button type="button" class="plain" onClick={() => save(text, 'mapping.json', 'application/json')}>
        {texts.saveMapping}
      </button>
    </>
  );
}

type WordProps = Readonly<{ word: string; rows: number; acts: readonly string[]; draft: Draft }>;

/** Decides what a word of the sheet means; the answer goes into the text of the mapping. */
function Word({ word, rows, acts, draft }: WordProps) {
  const texts = t();
  const { events } = reportContext().words;
  const mapping = readMapping(draft.text);
  const words = mapping?.act?.words ?? {};
  const chosen = Object.hasOwn(words, word) ? words[word] : undefined;
  const value = chosen === undefined ? '' : chosen === null ? '-' : typeof chosen === 'string' ? chosen : chosen.type;
  const likely = eventTypes.filter((type) => acts.includes(type));
  const types = [...likely, ...eventTypes.filter((type) => !acts.includes(type))];
  return (
    <label class="word">
      <span>{texts.wordRows(word, rows)}</span>
      <select
        value={value}
        disabled={mapping === null}
        onInput={({ currentTarget }) => {
          if (mapping === null) return;
          const { [word]: _, ...others } = words;
          const said = currentTarget.value === '-' ? null : currentTarget.value;
          const all = currentTarget.value === '' ? others : { ...others, [word]: said };
          void edit(JSON.stringify({ ...mapping, act: { ...mapping.act, words: all } }, null, 2));
        }}
      >
        <option value="">{texts.decideLater}</option>
        <option value="-">{texts.notAnAct}</option>
        {types.map((type) => (
          <option key={type} value={type}>
            {upper(events[type])}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The mapping as far as its text can be read. */
function readMapping(text: string): SheetMapping | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
