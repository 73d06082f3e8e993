import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { type App, type Component, defineAsyncComponent, h, hydrateOnInteraction } from 'vue';
import { OldVersion, Versions } from './versions.ts';
import '@shikijs/vitepress-twoslash/style.css';
import './style.css';

/** The pop-up with the type of a name, which is loaded when a pointer is on one. */
async function loadMenu(app: App): Promise<Component> {
  const { default: pops } = await import('@shikijs/vitepress-twoslash/client');
  app.use(pops);
  return app.component('VMenu') as Component;
}

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'doc-before': () => h(OldVersion) }),
  enhanceApp: ({ app }) => {
    app.component('Versions', Versions);
    app.component(
      'VMenu',
      defineAsyncComponent({
        loader: () => loadMenu(app as App),
        hydrate: hydrateOnInteraction(['mouseover', 'focusin']),
      }),
    );
  },
} satisfies Theme;
