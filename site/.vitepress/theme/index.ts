import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { type App, type Component, defineComponent, h, shallowRef } from 'vue';
import { OldVersion, Versions } from './versions.ts';
import '@shikijs/vitepress-twoslash/style.css';
import './style.css';

/** The word with a type: the pop-up around it is loaded when a pointer is on the first one. */
function menuOf(app: App): Component {
  const loaded = shallowRef<Component>();
  const load = async () => {
    const { default: pops } = await import('@shikijs/vitepress-twoslash/client');
    if (loaded.value !== undefined) return;
    app.use(pops);
    loaded.value = app.component('VMenu') as Component;
  };
  return defineComponent({
    inheritAttrs: false,
    setup: (_, { attrs, slots }) => {
      return () =>
        loaded.value === undefined
          ? h('span', { class: 'twoslash-hover', onMouseover: load, onFocusin: load }, slots.default?.())
          : h(loaded.value, attrs, slots);
    },
  });
}

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'doc-before': () => h(OldVersion) }),
  enhanceApp: ({ app }) => {
    app.component('Versions', Versions);
    app.component('VMenu', menuOf(app as App));
  },
} satisfies Theme;
