import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    invariants: 'src/visit/invariants/index.ts',
    wire: 'src/wire/index.ts',
    service: 'src/service/index.ts',
    memory: 'src/stores/memory.ts',
    sqlite: 'src/stores/sqlite.ts',
    testing: 'src/testing/index.ts',
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
  treeshake: true,
  clean: true,
  removeNodeProtocol: false,
  external: ['immer', 'zod', 'better-sqlite3', 'fast-check', /^node:/],
  dts: { compilerOptions: { ignoreDeprecations: '6.0', composite: false, incremental: false } },
});
