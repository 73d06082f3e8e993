/** Texts and forms that are filled in and not sent yet: they stay in this tab while its screens are left or loaded again, until its person leaves. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Entered } from '../../ui/host.ts';
import { session } from './session.ts';

const prefix = 'typed ';

/** The key of a text; another person has another one. */
const keyOf = (name: string): string => `${prefix}${session.peek()?.actorId ?? ''} ${name}`;

function keep(key: string, typed: string): void {
  if (typed === '') sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, typed);
}

/** A text under a name, and what changes it. */
export function useTyped(name: string): readonly [text: string, type: (text: string) => void] {
  const key = keyOf(name);
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  function type(typed: string) {
    setText(typed);
    keep(key, typed);
  }
  return [text, type];
}

type Kept = Readonly<Record<string, readonly string[] | null>>;

/** The fields that are not as they were at first; null for one that was removed. */
const changed = (initial: Entered, entered: Entered): Kept =>
  Object.fromEntries(
    Object.keys({ ...initial, ...entered })
      .filter((name) => `${entered[name]}` !== `${initial[name]}`)
      .map((name) => [name, entered[name] ?? null]),
  );

function withKept(initial: Entered, kept: Kept): Entered {
  const all = Object.entries({ ...initial, ...kept });
  return Object.fromEntries(all.flatMap(([name, values]) => (values === null ? [] : [[name, values]])));
}

/**
 * The values of a form under a name: those that are known at first, then what was changed when the form was left. `given` are
 * known now, whatever was changed.
 */
export function useEntered(name: string, known: () => Entered, given: Entered) {
  const [key] = useState(() => keyOf(name));
  const [initial] = useState(() => ({ ...known(), ...given }));
  const [kept] = useState(() => sessionStorage.getItem(key));
  const [entered, setEntered] = useState<Entered>(() => ({ ...withKept(initial, JSON.parse(kept ?? '{}')), ...given }));
  const [isKept, setKept] = useState(kept !== null);
  const isEnded = useRef(false);
  useLayoutEffect(() => {
    const changes = changed(initial, entered);
    if (!isEnded.current) keep(key, Object.keys(changes).length === 0 ? '' : JSON.stringify(changes));
  }, [entered]);
  return {
    entered,
    setEntered,
    /** True if something was left here before. */
    isKept,
    startOver() {
      setEntered(initial);
      setKept(false);
    },
    /** Nothing is left of it. */
    end() {
      isEnded.current = true;
      keep(key, '');
    },
  };
}

export function forgetTyped(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  }
}
