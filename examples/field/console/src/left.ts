/** Lists as their person left them: each is opened again as it was, and gone back to from a visit. */
import { useState } from 'preact/hooks';
import { goTo, hrefOf } from '../../ui/route.ts';

const kept = new Map<string, unknown>();
let list = '';

/** A value of a list that stays while the list is left. */
export function useLeft<T>(name: string, initial: T): readonly [T, (value: T) => void] {
  const [value, set] = useState<T>(() => (kept.has(name) ? (kept.get(name) as T) : initial));
  function change(to: T) {
    kept.set(name, to);
    set(() => to);
  }
  return [value, change];
}

/** Notes the list that is shown, to which a visit that is opened from it goes back. */
export function showList(screen: string): void {
  list = screen;
}

export const backHref = (): string => hrefOf(list);
export const goBack = (): void => goTo(list);

/** Another person begins with lists of their own. */
export function forgetLeft(): void {
  kept.clear();
  list = '';
}
