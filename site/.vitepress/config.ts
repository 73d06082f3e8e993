import { transformerTwoslash } from '@shikijs/vitepress-twoslash';
import { defineConfig } from 'vitepress';
import llms from 'vitepress-plugin-llms';
import manifest from '../../package.json' with { type: 'json' };
import { slugOf } from '../../scripts/site/slug.ts';
import { inSpanish } from './es-CR.ts';
import { searchInSpanish, searchOptions } from './search.ts';
import { apiSidebar, sidebarOf } from './sidebar.ts';

/** Set by `scripts/site.ts`. */
const { SITE_BASE: base = '/', SITE_VERSIONS: versions = '{}' } = process.env;
const docs = sidebarOf('site/.pages', '/', 'The project');
const enEspanol = sidebarOf('site/.pages/es-CR', '/es-CR/', 'Páginas');

/** `llms.txt` has the pages for users, `llms-full.txt` their texts without the API, which is in the types of the package. */
const aboutTheProject = ['es-CR/**', 'source/**', 'changelog.md', 'contributing.md', 'architecture.md', 'decisions/**'];
const forLanguageModels = {
  ignoreFilesPerOutput: {
    llmsTxt: aboutTheProject,
    llmsFullTxt: [...aboutTheProject, 'api/**'],
  },
  injectLLMHint: false,
} satisfies Parameters<typeof llms>[0];

/** Pictures keep their address from one build to the next, since pages elsewhere show them. */
const assetName = ({ originalFileNames: [path = ''] = [] }: { readonly originalFileNames?: readonly string[] }) =>
  /\.(?:jpg|png|svg|webp)$/.test(path) ? path.replace(/^(?:.*\/)?\.pages\//, '') : 'assets/[name].[hash][extname]';

/** A snippet whose fence says `twoslash` is compiled, and shows the type of each name. */
const typesOnHover = transformerTwoslash({
  explicitTrigger: true,
  twoslashOptions: {
    compilerOptions: {
      module: 99,
      moduleResolution: 100,
      target: 9,
      lib: ['lib.es2023.d.ts'],
      types: ['node'],
      allowImportingTsExtensions: true,
      noEmit: true,
      paths: { auxilio: ['./src/index.ts'], 'auxilio/*': ['./src/*.ts'] },
    },
  },
});

export default defineConfig({
  base,
  srcDir: '.pages',
  outDir: 'dist',
  title: 'auxilio',
  description: manifest.description,
  head: [['link', { rel: 'icon', href: `${base}icon.svg` }]],
  ignoreDeadLinks: [/\bplayground\//],
  router: { prefetchLinks: false },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify: slugOf },
    toc: { slugify: slugOf },
    codeTransformers: [typesOnHover as never],
  },
  vite: {
    plugins: [llms(forLanguageModels) as never],
    build: {
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4_000,
      rollupOptions: { output: { assetFileNames: assetName } },
    },
  },
  themeConfig: {
    search: {
      provider: 'local',
      options: { miniSearch: searchOptions, locales: { 'es-CR': { translations: searchInSpanish } } },
    },
    outline: [2, 3],
    i18nRouting: false,
    versions: JSON.parse(versions),
  } as never,
  locales: {
    root: {
      label: 'English',
      lang: 'en',
      themeConfig: {
        nav: [
          { text: 'Tutorial', link: '/tutorial/', activeMatch: '/tutorial/' },
          { text: 'All pages', link: '/contents' },
          { text: 'API', link: '/api/entries', activeMatch: '/api/' },
          { text: 'Playground', link: '/playground/', target: '_self' },
          { component: 'Versions' },
        ],
        sidebar: { '/api/': apiSidebar, '/': docs },
      },
    },
    'es-CR': {
      label: 'Español',
      lang: 'es-CR',
      themeConfig: {
        ...inSpanish,
        nav: [{ text: 'Guía', link: '/es-CR/contents' }, { component: 'Versions' }],
        sidebar: { '/es-CR/': enEspanol },
      },
    },
  },
});
