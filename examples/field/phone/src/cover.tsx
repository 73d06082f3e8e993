import type { VisitEvent } from 'auxilio';
import { describeData } from 'auxilio/forms';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { joined } from '../../ui/text.ts';
import { centerPhone, clientOf, hour, t, usePhone } from './app.tsx';
import { toldIn } from './instructed.ts';
import { kept, noteRead, type Unread, unreadIn } from './reads.ts';

/** Covers all screens with the oldest instruction that the user has not read, until they say that they have. */
export function Cover() {
  const { visits, actorId } = usePhone();
  if (kept.value === null) return null;
  const [first, ...others] = unreadIn(visits.value, actorId, kept.value);
  return first === undefined ? null : <Instruction told={first} more={others.length} />;
}

/** The decision and the text of an instruction. */
function contentsOf({ type, data }: VisitEvent): readonly string[] {
  const { commandOf, forms } = usePhone();
  const command = commandOf(type);
  if (command === undefined || type !== 'InstructionGiven') return [];
  const said = describeData(command, data, forms);
  return ['decision', 'text'].flatMap((name) => said.find((one) => one.name === name)?.texts ?? []);
}

function Instruction({ told, more }: { told: Unread; more: number }) {
  const words = t();
  const { actorId } = usePhone();
  const { visit, event } = told;
  const { caseNumber, place } = visit.local;
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // The focus goes back to where it was.
    return () => shown?.close();
  }, []);
  // The focus is on what is to be read, not on the button.
  useLayoutEffect(() => {
    heading.current?.focus();
    dialog.current?.scrollTo(0, 0);
  }, [visit.visitId, told.position]);
  const last = toldIn(visit, actorId).find(({ isChange }) => !isChange)?.event;
  const isLater = last !== undefined && visit.events.indexOf(last) > visit.events.indexOf(event);
  const [decision = '', text] = contentsOf(event);
  return (
    <dialog
      ref={dialog}
      class="cover"
      role="alertdialog"
      aria-labelledby="told"
      aria-describedby="told-text"
      onCancel={(cancelled) => cancelled.preventDefault()}
      // A key of the phone closes it anyway.
      onClose={() => dialog.current?.showModal()}
    >
      <h1 id="told" tabIndex={-1} ref={heading}>
        <Icon name="warn" /> {words.mustRead(told.stop)}
      </h1>
      <div id="told-text">
        <p>
          <strong>{clientOf(visit)}</strong>
        </p>
        <p class="small">{joined(caseNumber && words.caseNumber(caseNumber), place)}</p>
        <p>{words.instructed(hour(event.data.at))}</p>
        {text !== undefined && <p class="words">{`${decision}. ${text}`}</p>}
        {isLater && (
          <p class="words">
            {words.instructed(hour(last.data.at))}: {contentsOf(last).join('. ')}
          </p>
        )}
      </div>
      {/* The second touch of two would read the next one, too: the browser counts them as long as the button is the same. */}
      <button
        type="button"
        class="primary"
        onClick={({ detail }) => {
          if (detail <= 1) noteRead(told).catch(console.error);
        }}
      >
        {words.read}
      </button>
      <a class="button wide" href={`tel:${centerPhone}`}>
        <Icon name="call" /> {words.call}
      </a>
      {more > 0 && <p class="small">{words.moreToRead(more)}</p>}
    </dialog>
  );
}
