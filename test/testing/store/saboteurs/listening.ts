import type { EventStore } from '../../../../src/stores/event-store.ts';
import { pause, type Saboteur } from './saboteur.ts';

/** A store that wakes its listeners when it has appended, as `change` does. */
function waking(change: (wakes: Set<() => void>) => Partial<Pick<EventStore, 'listen'>> & { wake?: () => void }) {
  return (honest: EventStore): Partial<EventStore> => {
    const wakes = new Set<() => void>();
    const { listen = honest.listen, wake = () => undefined } = change(wakes);
    return {
      ...(listen && { listen }),
      appendToStream: async (...append: Parameters<EventStore['appendToStream']>) => {
        const answer = await honest.appendToStream(...append);
        wake();
        return answer;
      },
    } as Partial<EventStore>;
  };
}

const wakeAll = (wakes: Set<() => void>) => () => {
  for (const wake of wakes) wake();
};

const listened =
  (wakes: Set<() => void>): NonNullable<EventStore['listen']> =>
  (wake) => {
    const one = () => wake();
    wakes.add(one);
    return () => wakes.delete(one);
  };

const polled: NonNullable<EventStore['listen']> = (wake, pollMs) => {
  const timer = setInterval(wake, Math.min(pollMs, 2 ** 31 - 1));
  return () => clearInterval(timer);
};

export const listening: readonly Saboteur[] = [
  {
    fault: 'a listener is woken by the clock alone',
    store: () => ({ listen: polled }),
    killedBy: 'listen: a reader that looks when woken sees each append, without a poll',
  },
  {
    fault: 'listeners are woken before the append is written',
    store: (honest) => {
      const wakes = new Set<() => void>();
      return {
        listen: listened(wakes),
        appendToStream: (async (...append: Parameters<EventStore['appendToStream']>) => {
          wakeAll(wakes)();
          await pause(30);
          return honest.appendToStream(...append);
        }) as EventStore['appendToStream'],
      };
    },
    killedBy: 'listen: a reader that looks when woken sees each append, without a poll',
  },
  {
    fault: 'wakes of one moment are joined to the first of them',
    store: waking((wakes) => {
      let rest: ReturnType<typeof setTimeout> | undefined;
      return {
        listen: listened(wakes),
        wake() {
          if (rest === undefined) wakeAll(wakes)();
          clearTimeout(rest);
          rest = setTimeout(() => {
            rest = undefined;
          }, 500);
        },
      };
    }),
    killedBy: 'listen: a reader that looks when woken sees each append, without a poll',
  },
  {
    fault: 'a listener is woken by appends of its own handle alone',
    store: waking((wakes) => ({ listen: listened(wakes), wake: wakeAll(wakes) })),
    killedBy: 'listen: an append of another handle is seen at the next look at the latest',
  },
  {
    fault: 'a listener cannot be stopped',
    store: (honest) => ({
      listen: (wake, pollMs) => {
        const stop = honest.listen?.(wake, pollMs);
        setTimeout(() => stop?.(), 100);
        return () => undefined;
      },
    }),
    killedBy: 'listen: a listener that was stopped is woken no more, and others go on',
  },
  {
    fault: 'stopping one listener stops all',
    store: waking((wakes) => ({
      listen: (wake) => {
        wakes.add(() => wake());
        return () => wakes.clear();
      },
      wake: wakeAll(wakes),
    })),
    killedBy: 'listen: a listener that was stopped is woken no more, and others go on',
  },
  {
    fault: 'a function listens once, however often it was given',
    store: waking((wakes) => ({
      listen: (wake) => {
        wakes.add(wake);
        return () => wakes.delete(wake);
      },
      wake: wakeAll(wakes),
    })),
    killedBy: 'listen: a function that listens twice is stopped twice',
  },
];
