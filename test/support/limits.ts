/**
 * The times after which a test, or what it waits for, counts as hanging. A machine that is busy with other work may take twenty
 * times as long as an idle one, and no test measures speed: these limits only end what would never end.
 */
export const limits = {
  /** A test, or a hook. */
  testMs: 1_200_000,
  /** All that a test does in one browser, so that the browser is closed before the test counts as hanging. */
  browserMs: 900_000,
  /** One thing that a test waits for: an element, an answer, a condition. */
  waitMs: 120_000,
} as const;
