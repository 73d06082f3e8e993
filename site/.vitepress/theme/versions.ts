import { useData } from 'vitepress';
import { defineComponent, h } from 'vue';

/** The releases whose docs are kept beside these: `latest` and `others` by their addresses. */
type VersionsOfSite = {
  readonly current?: string;
  /** The address of the latest docs; only in older ones. */
  readonly latest?: string;
  readonly others?: Readonly<Record<string, string>>;
};

const useVersions = () => {
  const { theme, lang } = useData<{ readonly versions: VersionsOfSite }>();
  return { versions: theme.value.versions, isSpanish: lang.value === 'es-CR' };
};

/** The menu of versions: plain links, which open without a script. */
export const Versions = defineComponent({
  setup() {
    const { versions, isSpanish } = useVersions();
    return () => {
      const { current = '', latest, others = {} } = versions;
      const links = Object.entries({
        ...(latest === undefined ? {} : { [isSpanish ? 'La última' : 'Latest']: latest }),
        ...others,
      });
      if (links.length === 0) return h('span', { class: 'versions' }, current);
      return h('details', { class: 'versions' }, [
        h('summary', { 'aria-label': `${isSpanish ? 'Versiones' : 'Versions'}: ${current}` }, current),
        h(
          'ul',
          links.map(([name, href]) => h('li', h('a', { href, target: '_self' }, name))),
        ),
      ]);
    };
  },
});

/** The line over each page of an older release. */
export const OldVersion = defineComponent({
  setup() {
    const { versions, isSpanish } = useVersions();
    return () => {
      if (versions.latest === undefined) return null;
      const says = isSpanish
        ? `Esta página es de la versión ${versions.current}.`
        : `This page is of version ${versions.current}.`;
      const link = h('a', { href: versions.latest, target: '_self' }, isSpanish ? 'Ver la última.' : 'See the latest.');
      return h('p', { class: 'old-version', role: 'note' }, [says, ' ', link]);
    };
  },
});
