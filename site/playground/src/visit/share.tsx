import { effect, signal } from '@preact/signals';
import { language } from '../language.ts';
import { rewrite, route } from '../route.ts';
import { save } from '../save.ts';
import { type AddressProblem, longestAddress, readAddress, writeAddress } from './address.ts';
import { log, place, putDown } from './table.ts';
import { t } from './words.ts';

/** Why the address that was opened has no visit. */
export const badAddress = signal<AddressProblem | null>(null);
export const isOpening = signal(false);
const isTooLong = signal(false);
const said = signal<'copied' | 'copyFailed' | null>(null);

/** The part of the address that was written last, or read. */
let known: string | null = null;

/** Puts the visit of an address on the table; one that cannot be read leaves it as it is. */
async function open(text: string, at: string | null): Promise<void> {
  known = text;
  isOpening.value = true;
  const found = await readAddress(text);
  isOpening.value = false;
  if (known !== text) return;
  badAddress.value = found.ok ? null : found.problem;
  if (found.ok) putDown(found.log, at !== null && /^\d{1,5}$/.test(at) ? Number(at) : undefined);
}

/** Writes the visit on the table into the address of the page. */
async function write(): Promise<void> {
  const events = log.value;
  const at = place.value;
  const text = events.length === 0 ? '' : await writeAddress(events);
  if (log.peek() !== events || place.peek() !== at || route.peek().view === 'file') return;
  isTooLong.value = text === null;
  known = text ?? '';
  rewrite('visit', {
    lang: language.peek(),
    ...(known !== '' && { log: known, ...(at < events.length && { at: String(at) }) }),
  });
}

/** Follows the address and the table, as long as the view is shown. Answers how to end it. */
export function followAddress(): () => void {
  let isFirst = true;
  const ends = [
    effect(() => {
      const { view, parameters } = route.value;
      const text = parameters.get('log');
      if (text !== null && text !== known && (view === 'visit' || view === '')) void open(text, parameters.get('at'));
    }),
    effect(() => {
      const [events, at] = [log.value, place.value];
      said.value = null;
      // What the address says is not written over before it was read, nor what could not be read until an act is played.
      if (!isFirst || (events.length > 0 && at >= 0)) void write();
      isFirst = false;
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

async function copy(): Promise<void> {
  await write();
  try {
    await navigator.clipboard.writeText(location.href);
    said.value = 'copied';
  } catch {
    said.value = 'copyFailed';
  }
}

/** Gives the visit to another: as a link that holds all of it, or as a file. */
export function Share() {
  const texts = t();
  const isEmpty = log.value.length === 0;
  return (
    <div class="share">
      <button type="button" disabled={isEmpty || isTooLong.value} onClick={() => void copy()}>
        {texts.share}
      </button>
      <button
        type="button"
        class="plain"
        disabled={isEmpty}
        onClick={() =>
          save(
            `${log.value.map((event) => JSON.stringify(event)).join('\n')}\n`,
            'visit.ndjson',
            'application/x-ndjson',
          )
        }
      >
        {texts.download}
      </button>
      <p class="hint" role="status">
        {isTooLong.value
          ? texts.tooLong(longestAddress.toLocaleString(language.value))
          : said.value && texts[said.value]}
      </p>
    </div>
  );
}
