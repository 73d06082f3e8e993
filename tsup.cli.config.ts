import { defineConfig } from 'tsup';

/** The command line: one file for Node, with all that it needs but zod and immer. */
export const cli = {
  entry: { cli: 'src/cli/main.ts' },
  format: 'esm',
  target: 'node20',
  platform: 'node',
  splitting: false,
  treeshake: false,
  minify: true,
  clean: false,
  dts: false,
  external: ['immer', 'zod', /^zod\//],
  noExternal: ['cli-progress', 'csv-parse', 'write-excel-file', 'fflate'],
  // cli-progress is CommonJS, and asks for modules of Node.
  banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
} as const;

export default defineConfig(cli as never);
