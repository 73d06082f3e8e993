/** Support of the programs, which run on every runtime: nothing of Node. */

type Case = Readonly<{ name: string; skip: unknown; run: () => unknown }>;

/** Runs the cases of a suite that apply; returns their count. */
export async function runCases(cases: readonly Case[]): Promise<number> {
  const failed: string[] = [];
  const wanted = cases.filter(({ skip }) => skip === false);
  for (const { name, run } of wanted) {
    try {
      await run();
    } catch (error) {
      failed.push(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  if (failed.length > 0) throw new Error(`${failed.length} of ${wanted.length} cases failed\n${failed.join('\n')}`);
  return wanted.length;
}

export function ensureEqual(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: ${String(actual)} instead of ${String(expected)}`);
}

/** The first 12 digits of the SHA-256 of a value as JSON. */
export async function digest(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash.slice(0, 6), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
