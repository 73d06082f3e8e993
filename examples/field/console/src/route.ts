/** The screen that is shown, in the hash of the address: it survives a reload, and the button to go back works. */
import { signal } from '@preact/signals';

export type Route = Readonly<{ screen: string; visitId?: string; option?: string }>;

const read = (): Route => {
  const [screen = '', visitId, option] = location.hash.slice(2).split('/').map(decodeURIComponent);
  return { screen, ...(visitId !== undefined && { visitId }), ...(option !== undefined && { option }) };
};

export const route = signal<Route>(read());
addEventListener('hashchange', () => {
  route.value = read();
  scrollTo(0, 0);
});

export const hrefOf = (screen: string, ...parts: readonly string[]): string =>
  `#/${[screen, ...parts].map(encodeURIComponent).join('/')}`;

export function goTo(screen: string, ...parts: readonly string[]): void {
  location.hash = hrefOf(screen, ...parts);
}
