import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { withoutCompiler } from '../../examples/field/phone/vite.config.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  // It stands below the pages of the site, wherever these are.
  base: './',
  resolve: { tsconfigPaths: true },
  define: { 'process.env.NODE_ENV': '"production"' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    outDir: here('../dist/playground'),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  plugins: [withoutCompiler],
});
