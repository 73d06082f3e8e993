import type { Locale } from 'auxilio';

/** The weight that a header such as `Accept` gives to the first of these names that it has; 0 if it has none. */
function weightOf(header: string, names: readonly string[]): number {
  const weights = new Map<string, number>();
  for (const range of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim());
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    weights.set(name, Math.max(weights.get(name) ?? 0, q === undefined ? 1 : Number(q) || 0));
  }
  const known = names.find((name) => weights.has(name));
  return known === undefined ? 0 : (weights.get(known) ?? 0);
}

function heaviest<T extends string>(offers: readonly T[], weigh: (offer: T) => number): T | null {
  const weighed = offers.map((offer) => ({ offer, weight: weigh(offer) })).filter(({ weight }) => weight > 0);
  const most = Math.max(...weighed.map(({ weight }) => weight));
  return weighed.find(({ weight }) => weight === most)?.offer ?? null;
}

/** The type that `Accept` prefers, the first among equals; null if none is acceptable. */
export function accepted<T extends string>(header: string | null, offers: readonly T[]): T | null {
  return heaviest(offers, (offer) => weightOf(header || '*/*', [offer, `${offer.split('/')[0]}/*`, '*/*']));
}

/** The language that `Accept-Language` likes best: Spanish of Costa Rica unless it is English. */
export function localeOf(header: string | null): Locale {
  const languages = header?.replace(/\b([a-z]{2})-[\w-]+/gi, '$1') ?? '*';
  return heaviest<Locale>(['es-CR', 'en'], (locale) => weightOf(languages, [locale.slice(0, 2), '*'])) ?? 'es-CR';
}
