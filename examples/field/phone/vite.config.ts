import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Makes the service worker, which names every file and the version that they are. */
function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const made = Object.keys(bundle).filter((name) => !name.endsWith('.html') && !name.endsWith('.map'));
        const files = ['/phone/', ...[...made, ...readdirSync(here('public'))].map((name) => `/phone/${name}`)];
        const source = readFileSync(here('sw.js'), 'utf8');
        const hash = createHash('sha256').update(source);
        for (const { fileName, ...part } of Object.values(bundle)) {
          hash.update(fileName).update(part.type === 'asset' ? part.source : part.code);
        }
        const constants = { FILES: JSON.stringify(files), VERSION: JSON.stringify(hash.digest('hex').slice(0, 16)) };
        const text = source.replaceAll(/\b(?:FILES|VERSION)\b/g, (name) => constants[name as 'FILES']);
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: text });
      },
    },
  };
}

export default defineConfig({
  root: here('.'),
  base: '/phone/',
  resolve: { tsconfigPaths: true },
  // Whatever environment the build runs in: the libraries keep their texts for developers out.
  define: { 'process.env.NODE_ENV': '"production"' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0, emptyOutDir: true },
  plugins: [serviceWorker()],
});
