/** The screen that is shown, in the hash of the address: it survives a reload, and the button to go back works. */
import { signal } from '@preact/signals';

/** The first screen is `''`; the rest is there as far as the screen asks for it. */
export type Route = Readonly<{ screen: string; visitId?: string; command?: string; option?: string }>;

/** A part of the address; as it stands if it cannot be decoded. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const read = (): Route => {
  const [screen = '', visitId, command, option] = location.hash.slice(2).split('/').map(decoded);
  return {
    screen,
    ...(visitId !== undefined && { visitId }),
    ...(command !== undefined && { command }),
    ...(option !== undefined && { option }),
  };
};

export const route = signal<Route>(read());
let shown = location.hash;
let moved = false;

/** True once another screen than the first one was shown. */
export const hasMoved = (): boolean => moved;

/** Shows the screen of the address, if another one is shown. */
function follow(): void {
  if (location.hash === shown) return;
  shown = location.hash;
  moved = true;
  route.value = read();
  scrollTo(0, 0);
}
addEventListener('hashchange', follow);

export const hrefOf = (screen: string, ...parts: readonly string[]): string =>
  `#/${[screen, ...parts].map(encodeURIComponent).join('/')}`;

/** Goes to a screen, which is shown with whatever else changes at once. */
export function goTo(screen: string, ...parts: readonly string[]): void {
  location.hash = hrefOf(screen, ...parts);
  follow();
}
