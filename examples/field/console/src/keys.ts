/** Keys of the screens: those of the part that was rendered last are asked first. */
import { signal } from '@preact/signals';
import { useLayoutEffect, useState } from 'preact/hooks';
import { session } from './session.ts';

/** The effect of a key, in words: the palette offers it, and the help lists it. */
export type Command = Readonly<{ does: string; run: () => void }>;

export type Keys = Readonly<Record<string, (() => void) | Command | undefined>>;

/** False for someone whose keys come from speech, or who does not want them: then no letter, digit or sign is a key of a screen. */
export const hasLetters = signal(localStorage.getItem('letters') !== 'no');

export function setLetters(isOn: boolean): void {
  hasLetters.value = isOn;
  localStorage.setItem('letters', isOn ? 'yes' : 'no');
}

type Layer = { current: Keys; readonly isOfForm: boolean };

const layers: Layer[] = [];

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)));

/** In a form that is being filled in, a letter or a digit would leave it: its choices and buttons are not typed into. */
const isInForm = (target: EventTarget | null): boolean => target instanceof Element && target.closest('form') !== null;

/** A button or a link takes these keys itself. */
const isOperated = ({ target, key }: KeyboardEvent): boolean =>
  (key === 'Enter' || key === ' ') && target instanceof Element && target.closest('button, a, summary, input') !== null;

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !session.peek()) return;
  if (isTyping(event.target)) {
    if (event.key !== 'Escape') return;
    (event.target as HTMLElement).blur();
    return;
  }
  if (isOperated(event) || document.querySelector('dialog[open]') !== null) return;
  if (event.key.length === 1 && !hasLetters.peek()) return;
  const isLeft = event.key === 'Escape' || !isInForm(event.target);
  for (const { current, isOfForm } of layers.toReversed()) {
    if (!isLeft && !isOfForm) continue;
    const act = current[event.key] ?? current[event.key.toLowerCase()];
    if (act === undefined) continue;
    event.preventDefault();
    if (typeof act === 'function') act();
    else act.run();
    return;
  }
});

/** The commands of the screen, the inner part first, each with its key; null where an inner part takes that key. */
export function commandsNow(): readonly (Command & Readonly<{ key: string | null }>)[] {
  const taken = new Set<string>();
  return layers.toReversed().flatMap(({ current }) =>
    Object.entries(current).flatMap(([name, act]) => {
      if (act === undefined) return [];
      const key = taken.has(name) ? null : name;
      taken.add(name);
      return typeof act === 'function' ? [] : [{ ...act, key }];
    }),
  );
}

/** A key as it is shown: a capital is typed with the shift key. */
export const shownKey = (key: string): string => key.replace(/^[A-Z]$/, '⇧$&');

/**
 * Takes keys as long as the part of the screen is there. A part within another one is rendered after it, and asked before it. Those of a form
 * are taken in it, too, where nothing is typed into.
 */
export function useKeys(keys: Keys, isOfForm = false): void {
  const [layer] = useState(() => {
    const made: Layer = { current: keys, isOfForm };
    layers.push(made);
    return made;
  });
  layer.current = keys;
  useLayoutEffect(
    () => () => {
      layers.splice(layers.indexOf(layer), 1);
    },
    [],
  );
}
