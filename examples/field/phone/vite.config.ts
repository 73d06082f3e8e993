import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { offlineScreen } from '../ui/vite.ts';

/** Leaves out the compiler of schemas: the policy of the screens lets nothing be evaluated, so that they are interpreted. */
export const withoutCompiler: Plugin = {
  name: 'without-compiler',
  transform(code, id) {
    if (!id.endsWith('/zod/v4/core/compile.js')) return null;
    return code.replace('export function compile(', 'export const compile = (schema) => schema;\nfunction compiled(');
  },
};

const screen = offlineScreen('phone', fileURLToPath(new URL('.', import.meta.url)), [withoutCompiler]);

/** Modules of the first paint, which stay one file although parts that are loaded later use some of them: small files compress worse. */
const frame = /node_modules\/@?preact|field\/ui\/text|phone\/src\/(?:app|kept|session|words|screens\/login)\.tsx?/;

/** Modules that the languages share, one file for the same reason. */
const language = /src\/words\/[^/]+\.ts/;

export default defineConfig({
  ...screen,
  build: {
    ...screen.build,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'frame', test: frame },
            { name: 'language', test: language },
          ],
        },
      },
    },
  },
});
