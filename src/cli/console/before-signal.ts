const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Does something if a signal ends the process, which then ends by it. Returns a function that takes this back. */
export function beforeSignal(work: () => void): () => void {
  const end = (signal: NodeJS.Signals) => {
    change('off');
    work();
    process.kill(process.pid, signal);
  };
  const change = (to: 'on' | 'off') => {
    for (const signal of signals) process[to](signal, end);
  };
  change('on');
  return () => change('off');
}
