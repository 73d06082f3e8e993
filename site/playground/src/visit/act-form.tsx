import type { CommandType } from 'auxilio';
import { formOf } from 'auxilio/forms';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Fields } from '../../../../examples/field/ui/form.tsx';
import type { FormHost } from '../../../../examples/field/ui/host.ts';
import { useFocusOnProblem } from '../../../../examples/field/ui/problems.ts';
import { language } from '../language.ts';
import { fieldTexts } from './form-texts.ts';
import { operators, providers } from './plausible.ts';
import { type Entered, formWords, outcome, play, prefilled } from './play.ts';
import { state } from './table.ts';
import { t } from './words.ts';

/** The form of an act, filled in with what might have been. */
export function ActForm({ type }: { type: CommandType }) {
  const texts = t();
  const [entered, setEntered] = useState<Entered>(() => prefilled(type));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const element = useRef<HTMLFormElement>(null);
  const form = formOf(type, formWords());
  useFocusOnProblem(element, problems);
  useEffect(() => {
    element.current?.querySelector<HTMLElement>('input, select, textarea, button')?.focus({ preventScroll: true });
    element.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const locale = language.value;
  // Texts that were not changed are those of the language.
  useEffect(() => setEntered(prefilled(type)), [locale]);

  const host: FormHost = {
    texts: fieldTexts(),
    entered,
    enter: (changes) =>
      setEntered((before) => {
        const kept = Object.entries({ ...before, ...changes }).filter(([, values]) => values !== undefined);
        return Object.fromEntries(kept) as Entered;
      }),
    problems,
    isAsked: (name) => name !== 'position',
    suggestions: () => [],
    people: (name) => (name.startsWith('provider') ? providers : operators),
    photosOfVisit: Object.keys(state.value.photos.byId).map((photoId) => ({ photoId, sha256: '', note: photoId })),
  };

  return (
    <form
      class="act-form"
      ref={element}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        outcome.value = null;
        setProblems(play(type, entered));
      }}
    >
      {type === 'TakePhotos' && <p class="hint">{texts.madeUpPhotos}</p>}
      <Fields form={form} host={host} />
      {Object.keys(problems).length > 0 && (
        <p class="problem" role="alert">
          {problems[''] ?? texts.checkMarked}
        </p>
      )}
      <button type="submit" class="primary">
        {texts.record}
      </button>
    </form>
  );
}
