/** Phones as people know them: by their owner and the day on which they entered first. */
import type { Instant } from 'auxilio';
import { dateOf, isSameDay } from '../../ui/time.ts';
import { clock, t } from './app.ts';
import { phones, providers } from './board.ts';
import { locale } from './session.ts';

type Name = Readonly<{ providerId: string; device: string }>;

export const nameOfProvider = (providerId: string): string => providers.value.get(providerId)?.name ?? providerId;

/** *Teléfono de Carlos Mora, 30 nov*; with the hour where they entered on two of them on that day. */
export function phoneName({ providerId, device }: Name): string {
  const own = phones.value.filter((one) => one.providerId === providerId);
  const since = own.find((one) => one.device === device)?.enteredAt ?? null;
  return t().phoneOf(nameOfProvider(providerId), since === null ? '' : dayAmong(since, own));
}

function dayAmong(since: Instant, own: readonly Readonly<{ enteredAt: Instant | null }>[]): string {
  const day = dateOf(since, locale());
  const sameDay = own.filter(({ enteredAt }) => enteredAt !== null && isSameDay(enteredAt, since));
  return sameDay.length > 1 ? `${day}, ${clock(since)}` : day;
}
