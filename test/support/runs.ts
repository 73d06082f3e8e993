/**
 * The runs of a law: all of them in `npm run test:long`, whose project sets `WHOLE_LAWS`, and a third in `npm test`, of which
 * more would find hardly anything else.
 */
export function runs(count: number): number {
  return process.env.WHOLE_LAWS === undefined ? Math.ceil(count / 3) : count;
}
