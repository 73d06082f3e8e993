import type { Locale } from 'auxilio';

type Props = Readonly<{
  locale: Locale | undefined;
  text: string;
  choose: (locale: Locale) => unknown;
  class?: string;
}>;

/** Chooses the other language, in which it is named. */
export function OtherLanguage({ locale, text, choose, class: look }: Props) {
  const other = locale === 'en' ? 'es-CR' : 'en';
  return (
    <button type="button" class={look} lang={other} onClick={() => choose(other)}>
      {text}
    </button>
  );
}
