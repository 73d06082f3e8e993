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

export default defineConfig(offlineScreen('phone', fileURLToPath(new URL('.', import.meta.url)), [withoutCompiler]));
