import { signal } from '@preact/signals';

/**
 * A map that is changed in place, since a copy of thousands of entries for each change is slow. What reads its `value` while it is drawn
 * is drawn again when an entry changes.
 */
export function keptMap<T>() {
  const map = new Map<string, T>();
  const changes = signal(0);
  const changed = () => {
    changes.value = changes.peek() + 1;
  };
  return {
    get value(): ReadonlyMap<string, T> {
      void changes.value;
      return map;
    },
    peek: (): ReadonlyMap<string, T> => map,
    /** Changes an entry; null removes it. */
    set(key: string, value: T | null): void {
      if (value === null) map.delete(key);
      else map.set(key, value);
      changed();
    },
    replace(entries: Iterable<readonly [string, T]>): void {
      map.clear();
      for (const [key, value] of entries) map.set(key, value);
      changed();
    },
  };
}

export const countBy = <T>(items: readonly T[], test: (item: T) => boolean): number =>
  items.reduce((count, item) => (test(item) ? count + 1 : count), 0);
