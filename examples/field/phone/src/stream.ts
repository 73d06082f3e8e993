/** The stream of the server: it says when something of the visits has changed. */

/** Milliseconds after which a stream that the server refused is asked for again; one that broke, the browser opens by itself. */
const pauseMs = 15_000;
/** The longest time after which a phone syncs once the server is back, in milliseconds: many come back at once. */
const spreadMs = 2_000;

/**
 * Syncs each time that something has changed, and each time that the server is there again; calls `greeted` each time that it is
 * there. Answers how to stop.
 */
export function followChanges(sync: () => void, greeted: () => void): () => void {
  let isBack = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stream = open();

  function later(ms: number, act: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  }
  function open(): EventSource {
    const made = new EventSource('/api/stream');
    const greet = () => {
      if (isBack) {
        later(Math.random() * spreadMs, () => {
          greeted();
          sync();
        });
      } else greeted();
      isBack = true;
    };
    made.addEventListener('assignments', sync);
    made.addEventListener('disagreement', sync);
    made.addEventListener('hello', greet);
    made.addEventListener('reset', greet);
    made.addEventListener('error', () => {
      isBack = true;
      if (made.readyState === EventSource.CLOSED)
        later(pauseMs, () => {
          stream = open();
        });
    });
    return made;
  }

  return () => {
    clearTimeout(timer);
    stream.close();
  };
}
