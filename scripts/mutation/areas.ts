/** An area to mutate, and the tests that its mutants must not survive. */
export type Area = {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
  /** Tests left out: slow ones, those in processes of their own, and those that read the sources as text. */
  readonly without?: readonly string[];
  /** Tests of `npm run test:long` that reach the area, for a comparison with `npm test`. */
  readonly long?: readonly string[];
  /** Titles of slow tests, which are left out, too. */
  readonly slow?: RegExp;
  /** Files that run last, since they are slow. */
  readonly last?: RegExp;
  /** Files that change what the runtime offers need modules of their own. */
  readonly isolate?: boolean;
  /** Runs once before all files. */
  readonly globalSetup?: string;
};

/** The areas by name. Texts are left out: golden files cover them. */
const areas = {
  visit: {
    mutate: ['src/kernel/*.ts', 'src/visit/*.ts'],
    tests: [
      'test/{kernel,visit}/**/*.test.ts',
      'test/reading/{guide,dossier,audit,missing,counterexamples}.test.ts',
      'test/reconciling/repeats.test.ts',
    ],
    without: ['test/visit/order.test.ts'],
    long: [
      'test/{explorer,laws,spec}/{abstraction,commutation,explorer,facts,reduction,mutants,naughty,spec}.test.ts',
      'test/testing/{host-laws,laws}.test.ts',
    ],
  },
  wire: {
    mutate: ['src/wire/*.ts', 'src/wire/words/explain-issue.ts'],
    tests: ['test/wire/**/*.test.ts'],
    without: ['test/wire/{fuzz,interpreted,poisoning,naughty,laws}*.test.ts'],
    long: ['test/laws/{mutants,naughty}.test.ts', 'test/testing/host-laws.test.ts'],
  },
  reading: {
    mutate: ['src/reading/**/*.ts', 'src/locale/*.ts', 'src/words/*.ts', 'src/words/speech/*.ts'],
    tests: ['test/reading/**/*.test.ts'],
    without: ['test/reading/{*-laws,merges-judged}.test.ts'],
    // What is evaluated once, at import, would count for the tests that import it again.
    slow: /where the runtime does not know it|lists with commas/,
    long: ['test/laws/naughty.test.ts', 'test/report/{naughty,stream,totality}.test.ts', 'test/testing/laws.test.ts'],
  },
  report: {
    mutate: ['src/report/**/*.ts', '!src/report/{index,style}.ts'],
    tests: ['test/report/**/*.test.ts'],
    without: ['test/report/{day,totality,naughty}.test.ts'],
    long: ['test/report/{naughty,stream,totality}.test.ts'],
  },
  reconciling: {
    mutate: ['src/reconciling/*.ts'],
    // An audit reads reports and settlements by the same functions.
    tests: [
      'test/reconciling/*.test.ts',
      'test/reading/{corrections,settlements}.test.ts',
      'test/testing/first-broken.test.ts',
    ],
    without: ['test/reconciling/laws.test.ts'],
    last: /growth|commuting|first-broken/,
    long: ['test/replica/answering.test.ts', 'test/testing/laws.test.ts'],
  },
  forms: {
    mutate: ['src/forms/*.ts', '!src/forms/{acts,en,es-cr,form,parts,shape,words}.ts'],
    tests: ['test/forms/*.test.ts'],
    without: ['test/forms/laws.test.ts'],
    last: /known|describing/,
    long: ['test/laws/naughty.test.ts', 'test/examples/field/words-of-visits.test.ts'],
  },
  chain: {
    mutate: ['src/chain/*.ts'],
    tests: ['test/chain/*.test.ts'],
    without: ['test/chain/{bundle,flips}.test.ts'],
    last: /laws|verify|readers|codec/,
  },
  // What only a process reaches is left out: signals, terminals and threads.
  cli: {
    mutate: [
      'src/cli/**/*.ts',
      '!src/cli/words/*.ts',
      '!src/cli/{main,console/terminal,console/progress}.ts',
      '!src/cli/log/{parallel,worker-thread}.ts',
    ],
    tests: ['test/cli/*.test.ts'],
    without: ['test/cli/{in-thread,terminal,docs}.test.ts'],
    slow: /more memory|the same of any log|says the same for/,
    last: /workers|scheduler/,
    isolate: true,
    globalSetup: 'test/cli/build.ts',
    long: ['test/cli/{hostile-lines,hostile-lines-long,terminal,workers}.test.ts'],
  },
  logs: {
    mutate: ['src/logs/**/*.ts'],
    tests: ['test/logs/*.test.ts', 'test/cli/{workers,scheduler}.test.ts'],
    globalSetup: 'test/cli/build.ts',
    without: ['test/logs/*laws.test.ts'],
    slow: /tens of thousands of rows|the same of any log|says the same for/,
    last: /hostile|authors/,
    long: ['test/cli/{hostile-lines,workers}.test.ts', 'test/report/stream.test.ts'],
  },
  service: {
    mutate: ['src/service/**/*.ts'],
    tests: ['test/service/*.test.ts'],
    without: ['test/service/{sync-processes,*-model}.test.ts'],
    slow: /another copy of the module, where|made anew, is the same|reads each visit whole|never shows fewer rows|more events than|for a day|neither what|two seconds|among thirty/,
    last: /sync|rebuild|retries|projections|follow|state-cache|exactly|model|payments|assignments/,
    long: [
      'test/replica/answering.test.ts',
      'test/testing/{host-laws,server/saboteurs,simulate-offline}.test.ts',
      'test/examples/demo.test.ts',
    ],
  },
  stores: {
    mutate: ['src/stores/*.ts', 'src/stores/memory/*.ts', 'src/stores/sqlite/*.ts'],
    tests: [
      'test/stores/{memory,sqlite,sqlite-*,replica-stores,canonical,positions,known-options,refused-values,emmett}.test.ts',
    ],
    // A thread has no working directory and no user of its own.
    slow: /a relative name|may not be written|processes|never sees fewer|made anew|a rebuilt projection|waited for the one before|errors of the port alone|four writers|a killed process/,
    last: /sqlite-corrupt|group-commit|backup|replica/,
    isolate: true,
    long: [
      'test/stores/replica-saboteurs.test.ts',
      'test/testing/store/saboteurs.test.ts',
      'test/testing/host-laws.test.ts',
    ],
  },
  indexeddb: {
    mutate: ['src/stores/indexeddb/*.ts'],
    tests: ['test/stores/{indexeddb*,replica-stores}.test.ts'],
    last: /replica/,
    isolate: true,
  },
  replica: {
    mutate: ['src/replica/**/*.ts'],
    tests: ['test/replica/*.test.ts'],
    last: /over-http/,
    isolate: true,
    long: ['test/replica/{answering,unsent-photos}.test.ts', 'test/testing/server/saboteurs.test.ts'],
  },
} satisfies Record<string, Area>;

/** The area of a name. */
export function areaOf(name = ''): Area {
  const area: Area | undefined = Object.hasOwn(areas, name) ? areas[name as keyof typeof areas] : undefined;
  if (area === undefined) throw new RangeError(`an area is one of ${Object.keys(areas).join(', ')}`);
  return area;
}
