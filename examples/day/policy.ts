import type { Policy } from 'auxilio';

/** The policy of this application for all visits: two small favours that its contract allows, nothing waived. */
export const policy = {
  id: 'hogar-2026',
  allow: ['limpieza-de-sifón', 'cambio-de-bombillo'],
} as const satisfies Policy;
