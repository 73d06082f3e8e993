/** The figures of a run by libFuzzer; NaN if missing. */
export type Figures = {
  readonly executions: number;
  /** Branches of the package and of zod that were reached. */
  readonly edges: number;
  /** The same, distinguished by hit count in one execution. */
  readonly features: number;
  /** Inputs that reached new coverage. */
  readonly inputs: number;
};

/** Reads the output of libFuzzer. */
export function figuresOf(output: string): Figures {
  const last = (pattern: RegExp) => Number([...output.matchAll(pattern)].at(-1)?.[1] ?? Number.NaN);
  return {
    executions: last(/stat::number_of_executed_units: (\d+)/g),
    edges: last(/\bcov: (\d+)/g),
    features: last(/\bft: (\d+)/g),
    inputs: last(/\bcorp: (\d+)/g),
  };
}

/** The part of libFuzzer's output about a finding, without the bytes of the input. */
export function findingIn(output: string): string {
  const from = output.search(/^==\d+== |^(?:SUMMARY|ALARM|ERROR)/m);
  const [said = ''] = output.slice(Math.max(from, 0)).split(/^MS: /m, 1);
  return from < 0 ? output.slice(-4_000) : said;
}
