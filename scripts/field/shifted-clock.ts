/** A clock of this process that can be put forward: `new Date()` and `Date.now()` answer with its time. */
export function startShiftedClock(begin: string): { readonly forward: (ms: number) => void } {
  const RealDate = Date;
  let shiftMs = RealDate.parse(begin) - RealDate.now();
  const now = () => RealDate.now() + shiftMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args) => (args.length === 0 ? new target(now()) : Reflect.construct(target, args)),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  return {
    forward: (ms) => {
      shiftMs += ms;
    },
  };
}
