/** The times that the benches of the screens take in a page, and how they print them. */

/** In the page: resolves with the time of the frame in which a condition holds, since the navigation. */
export const onceDrawn = (condition: string) => `new Promise((resolve) => {
  const look = () => {
    if (!(${condition})) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  };
  look();
})`;

/** In the page: resolves with the time at which the frame that first shows a condition was painted, since the navigation; asks for no other frame. */
export const oncePainted = (condition: string) => `new Promise((resolve) => {
  const look = () => {
    if (!(${condition})) return;
    observer.disconnect();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    requestAnimationFrame(() => port2.postMessage(null));
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, characterData: true });
  look();
})`;

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Prints the median and the 95th percentile of samples, in milliseconds. */
export function print(what: string, samples: readonly number[]): void {
  const sorted = samples.toSorted((one, other) => one - other);
  const [median, high] = [at(sorted, 0.5).toFixed(1), at(sorted, 0.95).toFixed(1)];
  console.log(`${what.padEnd(60)} p50 ${median} ms  p95 ${high} ms  (${samples.length})`);
}
