import type { Locale } from 'auxilio';

/** The words of a view in both languages. */
export type Catalogues<T> = Readonly<Record<Locale, T>>;
