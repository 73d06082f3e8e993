/** Texts that are typed and not sent yet: they stay in this tab while its screens are left or loaded again, until its person leaves. */
import { useState } from 'preact/hooks';
import { session } from './session.ts';

const prefix = 'typed ';

/** A text under a name, and what changes it; another person has another one. */
export function useTyped(name: string): readonly [text: string, type: (text: string) => void] {
  const key = `${prefix}${session.peek()?.actorId ?? ''} ${name}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  function type(typed: string) {
    setText(typed);
    if (typed === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, typed);
  }
  return [text, type];
}

export function forgetTyped(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  }
}
