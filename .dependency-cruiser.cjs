const core = '^src/(kernel|messages|protocol|util|visit|words|reconciling|reading)/';

/** Who may import whom. Held by test/architecture. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'kernel-knows-no-visit',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { pathNot: ['^src/(kernel|util)/', 'immer'] },
    },
    { name: 'utilities-stand-alone', severity: 'error', from: { path: '^src/util/' }, to: { pathNot: '^src/util/' } },
    {
      name: 'the-core-reaches-no-event-loop',
      severity: 'error',
      from: { path: [core, '^src/locale/'], pathNot: '^src/util/(slices|runtime)\\.ts$' },
      to: { path: '^src/util/(slices|runtime)' },
    },
    {
      name: 'messages-stand-alone',
      severity: 'error',
      from: { path: '^src/messages/' },
      to: { pathNot: '^src/messages/' },
    },
    {
      name: 'clauses-stand-alone',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: { pathNot: '^src/protocol/' },
    },
    {
      name: 'the-visit-reads-kernel-messages-clauses',
      severity: 'error',
      from: { path: '^src/visit/' },
      to: { pathNot: ['^src/(kernel|messages|protocol|util|visit)/', 'immer'] },
    },
    {
      name: 'readers-read-the-core',
      severity: 'error',
      from: { path: '^src/reading/' },
      to: { pathNot: core },
    },
    {
      name: 'reconciling-reads-the-visit',
      severity: 'error',
      from: { path: '^src/reconciling/' },
      to: { pathNot: '^src/(kernel|messages|protocol|util|visit|reconciling)/' },
    },
    {
      name: 'words-are-of-the-visit',
      severity: 'error',
      from: { path: '^src/words/' },
      to: { pathNot: '^src/(kernel|messages|protocol|util|visit|words)/' },
    },
    {
      name: 'the-core-has-the-words-of-no-language',
      severity: 'error',
      from: { path: '^src/(kernel|messages|protocol|visit|reconciling|reading|service|logs|wire)/' },
      to: { path: '^src/(locale|words/(en|es-cr))/' },
    },
    {
      name: 'a-locale-binds-the-readers-to-a-language',
      severity: 'error',
      from: { path: '^src/locale/' },
      to: { pathNot: [core, '^src/locale/'] },
    },
    {
      name: 'the-report-reads-the-core-by-locale',
      severity: 'error',
      from: { path: '^src/report/' },
      to: { pathNot: [core, '^src/(report|locale)/'] },
    },
    {
      name: 'the-command-line-reads-what-the-report-offers',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/report/', pathNot: '^src/report/(visit/plain-text|photo-link)\\.ts$' },
    },
    {
      name: 'logs-read-by-the-core-the-wire-and-the-chain',
      severity: 'error',
      from: { path: '^src/logs/' },
      to: { pathNot: [core, '^src/(logs|wire|chain)/', 'zod', 'csv-parse'] },
    },
    {
      name: 'the-chain-takes-events-as-they-are',
      severity: 'error',
      from: { path: '^src/chain/' },
      to: { pathNot: ['^src/(chain|kernel|messages|util)/', '^src/stores/canonical', '@noble/hashes'] },
    },
    {
      name: 'nothing-imports-the-command-line',
      severity: 'error',
      from: { pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    { name: 'the-core-is-pure', severity: 'error', from: { path: core }, to: { dependencyTypes: ['core'] } },
    { name: 'the-core-knows-no-zod', severity: 'error', from: { path: core }, to: { path: 'zod' } },
    {
      name: 'wire-knows-messages',
      severity: 'error',
      from: { path: '^src/wire/' },
      to: {
        pathNot: [
          '^src/(wire|messages|util)/',
          '^src/kernel/(known|nearest)',
          '^src/protocol/index',
          '^src/visit/(known|policy|rule-ids)',
          'zod',
        ],
      },
    },
    {
      name: 'stores-are-opaque',
      severity: 'error',
      from: { path: '^src/stores/' },
      to: { path: '^src/(visit|wire|reading|service|protocol|messages)/' },
    },
    {
      name: 'a-replica-needs-no-server',
      severity: 'error',
      from: { path: '^src/replica/' },
      to: { pathNot: [core, '^src/(replica|wire)/', '^src/stores/(replica-|errors)'] },
    },
    {
      name: 'privacy-knows-the-ports-of-stores',
      severity: 'error',
      from: { path: '^src/privacy/' },
      to: {
        pathNot: [
          core,
          '^src/privacy/',
          '^src/report/',
          '^src/service/(shared/|projections/(projection|search-rows|search-terms)\\.ts$)',
          '^src/chain/(act-keys|verify-acts)\\.ts$',
          '^src/report/(clock|html|style|words/(en|es-cr)-acts)\\.ts$',
          '^src/stores/(errors|event-store|key-store)\\.ts$',
          '@noble/hashes',
          '^(node:)?fs$',
        ],
      },
    },
    {
      name: 'forms-are-data-and-words',
      severity: 'error',
      from: { path: '^src/forms/' },
      to: {
        pathNot: [
          '^src/(forms|messages|util|words)/',
          '^src/kernel/known',
          '^src/protocol/clause',
          '^src/visit/state',
          '^src/wire/(characters|instant|limits)',
        ],
      },
    },
    {
      name: 'pg-in-one-place',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/stores/postgres/pool.ts$' },
      to: { path: '(^|/)(@types/)?pg(/|$)' },
    },
    {
      name: 'the-command-line-alone-imports-entries',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/[^/]+$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'types'] },
  },
};
