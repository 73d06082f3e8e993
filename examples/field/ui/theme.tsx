/** The theme of a screen: that of the system, or the one that the user chose on this device. */
import { computed, effect, signal } from '@preact/signals';
import { Icon } from './icon.tsx';

type Theme = 'light' | 'dark';

const key = 'theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const bySystem = signal<Theme>(dark.matches ? 'dark' : 'light');
dark.addEventListener('change', () => {
  bySystem.value = dark.matches ? 'dark' : 'light';
});

const kept = localStorage.getItem(key);
const chosen = signal<Theme | null>(kept === 'light' || kept === 'dark' ? kept : null);
const other = computed<Theme>(() => ((chosen.value ?? bySystem.value) === 'dark' ? 'light' : 'dark'));

effect(() => {
  if (chosen.value === null) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen.value;
});

/** Chooses the theme that is not shown. The one of the system is no choice: the screen follows the system again. */
function toggle(): void {
  chosen.value = other.value === bySystem.value ? null : other.value;
  if (chosen.value === null) localStorage.removeItem(key);
  else localStorage.setItem(key, chosen.value);
}

type Props = Readonly<{
  texts: Readonly<Record<'darkTheme' | 'lightTheme', string>>;
  class?: string;
  /** True where there is room for the icon alone: the text is its name. */
  isBrief?: boolean;
}>;

/** The button of the other theme. */
export function OtherTheme({ texts, class: look, isBrief = false }: Props) {
  const isDark = other.value === 'dark';
  const text = isDark ? texts.darkTheme : texts.lightTheme;
  return (
    <button type="button" class={look} title={isBrief ? text : undefined} onClick={toggle}>
      <Icon name={isDark ? 'moon' : 'sun'} />
      <span class={isBrief ? 'hidden' : undefined}>{text}</span>
    </button>
  );
}
