import { useEffect, useRef, useState } from 'preact/hooks';
import { Mapping } from './mapping.tsx';
import { Receipt } from './receipt.tsx';
import { Results } from './results.tsx';
import { mostBytes } from './source.ts';
import { cancel, draft, kept, open, opened, problem, reading } from './state.ts';
import { t } from './words.ts';
import '../visit/visit.css';
import './file.css';

/** Opens a log or a sheet of one's own, and shows its audit. */
export function OwnFile() {
  const texts = t();
  useEffect(() => {
    const paste = ({ target, clipboardData }: ClipboardEvent) => {
      const isTyped = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
      const [file] = clipboardData?.files ?? [];
      const text = clipboardData?.getData('text/plain') ?? '';
      if (isTyped || (file === undefined && text === '')) return;
      void open(file?.name ?? texts.pasted, file ?? new Blob([text]));
    };
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, []);
  const failed = problem.value;
  return (
    <div class="own-file">
      <div class="lead">
        <h1>{texts.heading}</h1>
        <p>{texts.lead}</p>
      </div>
      <Opening />
      <div role="status">{reading.value !== null && <Progress {...reading.value} />}</div>
      {failed !== null && (
        <p class="problem" role="alert">
          {failed.name}: {texts[`problem-${failed.code}`]} {opened.value !== null && texts.stays}
        </p>
      )}
      {draft.value !== null && <Mapping draft={draft.value} />}
      {kept.value !== null && <Receipt kept={kept.value} />}
      {opened.value !== null && <Results opened={opened.value} />}
    </div>
  );
}

function Progress({ name, part, visits }: { name: string; part: number; visits: number }) {
  const texts = t();
  return (
    <div class="progress">
      <label>
        {texts.reading(name, Math.floor(part * 100), visits)}
        <progress value={part} max={1} />
      </label>
      <button type="button" onClick={cancel}>
        {texts.cancel}
      </button>
    </div>
  );
}

function Opening() {
  const texts = t();
  const [isOver, setOver] = useState(false);
  const [pasted, setPasted] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null | undefined) => {
    const [file] = files ?? [];
    if (file !== undefined) void open(file.name, file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is dropped can be chosen by the button, too
    <div
      class={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <p>{texts.drop}</p>
      <button type="button" class="primary" onClick={() => input.current?.click()}>
        {texts.choose}
      </button>
      <input
        ref={input}
        type="file"
        class="hidden"
        tabIndex={-1}
        aria-label={texts.choose}
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      <p class="hint">{texts.formats}</p>
      <details>
        <summary>{texts.paste}</summary>
        <textarea
          aria-label={texts.paste}
          rows={4}
          maxLength={mostBytes}
          value={pasted}
          onInput={({ currentTarget }) => setPasted(currentTarget.value)}
        />
        <button
          type="button"
          disabled={pasted.trim() === ''}
          onClick={() => void open(texts.pasted, new Blob([pasted]))}
        >
          {texts.openPasted}
        </button>
      </details>
    </div>
  );
}
