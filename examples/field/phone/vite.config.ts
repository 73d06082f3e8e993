import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { idbModule, leaveOutShortcuts } from '../../../scripts/small-idb.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const sha256 = (bytes: string | Uint8Array, encoding: 'base64' | 'hex') =>
  createHash('sha256').update(bytes).digest(encoding);

/** Makes the service worker, which names every file with its hash, and the version that they are. */
function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const made = Object.values(bundle)
          .filter(({ fileName }) => !fileName.endsWith('.map'))
          .map((part) => [part.fileName, part.type === 'asset' ? part.source : part.code] as const);
        const others = readdirSync(here('public')).map((name) => [name, readFileSync(here(`public/${name}`))] as const);
        const files = [...made, ...others].map(([name, bytes]) => [
          name === 'index.html' ? '/phone/' : `/phone/${name}`,
          `sha256-${sha256(bytes, 'base64')}`,
        ]);
        const source = readFileSync(here('sw.js'), 'utf8');
        const version = sha256(source + JSON.stringify(files), 'hex').slice(0, 16);
        const constants = { FILES: JSON.stringify(files), VERSION: JSON.stringify(version) };
        const text = source.replaceAll(/\b(?:FILES|VERSION)\b/g, (name) => constants[name as 'FILES']);
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: text });
      },
    },
  };
}

/** Leaves out the compiler of schemas: the policy of the screens lets nothing be evaluated, so that they are interpreted. */
export const withoutCompiler: Plugin = {
  name: 'without-compiler',
  transform(code, id) {
    if (!id.endsWith('/zod/v4/core/compile.js')) return null;
    return code.replace('export function compile(', 'export const compile = (schema) => schema;\nfunction compiled(');
  },
};

/** Bundles idb as the package does. */
const smallIdb: Plugin = {
  name: 'small-idb',
  transform: (code, id) => (idbModule.test(id) ? leaveOutShortcuts(code) : null),
};

export default defineConfig({
  root: here('.'),
  base: '/phone/',
  resolve: { tsconfigPaths: true },
  // Whatever environment the build runs in: the libraries keep their texts for developers out.
  define: { 'process.env.NODE_ENV': '"production"' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0, emptyOutDir: true },
  worker: { format: 'es' },
  plugins: [withoutCompiler, smallIdb, serviceWorker()],
});
