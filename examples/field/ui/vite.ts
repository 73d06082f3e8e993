/** Builds a screen that opens without a signal. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin, UserConfig } from 'vite';
import { idbModule, leaveOutShortcuts } from '../../../scripts/small-idb.ts';

const sha256 = (bytes: string | Uint8Array, encoding: 'base64' | 'hex') =>
  createHash('sha256').update(bytes).digest(encoding);

/** Makes the service worker of a screen, which names every file with its hash, and the version that they are. */
function serviceWorker(screen: string, root: string): Plugin {
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
        const others = readdirSync(join(root, 'public')).map(
          (name) => [name, readFileSync(join(root, 'public', name))] as const,
        );
        const files = [...made, ...others].map(([name, bytes]) => [
          name === 'index.html' ? `/${screen}/` : `/${screen}/${name}`,
          `sha256-${sha256(bytes, 'base64')}`,
        ]);
        const source = readFileSync(fileURLToPath(new URL('sw.js', import.meta.url)), 'utf8');
        const version = sha256(source + JSON.stringify(files), 'hex').slice(0, 16);
        const constants = {
          FILES: JSON.stringify(files),
          VERSION: JSON.stringify(version),
          SCREEN: JSON.stringify(screen),
        };
        const text = source.replaceAll(/\b(?:FILES|VERSION|SCREEN)\b/g, (name) => constants[name as 'FILES']);
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: text });
      },
    },
  };
}

/** Bundles idb as the package does. */
const smallIdb: Plugin = {
  name: 'small-idb',
  transform: (code, id) => (idbModule.test(id) ? leaveOutShortcuts(code) : null),
};

/** The build of a screen that opens without a signal. */
export const offlineScreen = (screen: string, root: string, plugins: readonly Plugin[] = []): UserConfig => ({
  root,
  base: `/${screen}/`,
  resolve: { tsconfigPaths: true },
  // Whatever environment the build runs in: the libraries keep their texts for developers out.
  define: { 'process.env.NODE_ENV': '"production"' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0, emptyOutDir: true },
  worker: { format: 'es' },
  plugins: [...plugins, smallIdb, serviceWorker(screen, root)],
});
