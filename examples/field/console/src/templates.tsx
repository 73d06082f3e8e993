/** Sentences for an instruction: those of the script, and those of this center. */
import { signal } from '@preact/signals';
import type { GiveInstructionData, OpenAct, VisitCommand } from 'auxilio';
import { decide, phrase } from 'auxilio/core';
import { useEffect, useRef } from 'preact/hooks';
import type { Template } from '../../server/templates.ts';
import { type FormHost, first } from '../../ui/host.ts';
import { get } from './api.ts';
import { instant, policy, t, useLanguage } from './app.ts';
import { useKeys } from './keys.ts';
import { session } from './session.ts';
import type { Log } from './visit-log.ts';

type Decision = GiveInstructionData['decision'];

/** The sentence of the script by which the center says each decision. */
const sentences: Readonly<Record<Exclude<Decision, 'other'>, Parameters<typeof phrase>[0]>> = {
  proceed: 'op-proceed',
  'proceed-with-representative': 'op-representative',
  wait: 'op-wait',
  reschedule: 'rescheduled',
  cancel: 'cancelled',
  reassign: 'op-will-reassign',
};

/** Those of this center; read once. */
const own = signal<readonly Template[] | null>(null);

async function readOwn(): Promise<void> {
  if (own.peek() !== null) return;
  const answer = await get<{ templates: readonly Template[] }>('/templates');
  if (answer.ok) own.value = answer.value.templates;
}

/** True for a decision that the rules accept about the topic of the form. */
function isOpen({ state, visitId }: Log, about: string, { decision = 'other', text }: Template): boolean {
  const metadata = { actor: { role: 'contact-center', id: session.peek()?.actorId ?? '' } };
  const representative = decision === 'proceed-with-representative' ? { representative: { name: text } } : {};
  const data = { visitId, at: instant(), about, decision, text, ...representative };
  return decide({ type: 'GiveInstruction', data, metadata } as unknown as VisitCommand, state, policy).ok;
}

/** The sentences for an instruction, in the order of its script (`say`); none for another act. */
export function useTemplates(log: Log, { command, say }: OpenAct, about: string): readonly Template[] {
  const language = useLanguage();
  const isInstruction = command === 'GiveInstruction';
  useEffect(() => void (isInstruction && readOwn()), []);
  if (!isInstruction) return [];
  const options = { role: 'contact-center', language, now: instant(), policy } as const;
  const said = Object.entries(sentences).map(
    ([decision, key]): Template => ({ decision: decision as Decision, text: phrase(key, log.state, options) }),
  );
  const placeOf = ({ text }: Template) => say.findIndex((one) => one.endsWith(text));
  const inOrder = said.sort((one, other) => placeOf(one) - placeOf(other));
  return [...inOrder, ...(own.value ?? [])].filter((one) => one.text !== '' && isOpen(log, about, one)).slice(0, 9);
}

type TemplatesProps = Readonly<{ templates: readonly Template[]; host: FormHost }>;

/** The sentences from which an instruction begins, each with its digit; what was typed stays before the one that is added. */
export function Templates({ templates, host: { entered, enter } }: TemplatesProps) {
  const words = t();
  const box = useRef<HTMLFieldSetElement>(null);
  function choose({ text, decision }: Template) {
    const typed = first(entered, 'text').trim();
    const isTyped = typed !== '' && !templates.some((one) => one.text === typed);
    enter({ text: [isTyped ? `${typed} ${text}` : text], ...(decision !== undefined && { decision: [decision] }) });
    const area = box.current?.form?.querySelector('textarea');
    // It is read over, and changed where it has to be.
    setTimeout(() => {
      area?.focus();
      area?.setSelectionRange(area.value.length, area.value.length);
    });
  }
  useKeys(
    Object.fromEntries(templates.map((one, place) => [place + 1, { does: one.text, run: () => choose(one) }])),
    true,
  );
  if (templates.length === 0) return null;
  return (
    <fieldset class="field templates" ref={box}>
      <legend>{words.templates}</legend>
      <div class="chips">
        {templates.map((one, place) => (
          <button type="button" class="chip" key={one.text} onClick={() => choose(one)}>
            <kbd>{place + 1}</kbd> {one.text}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
