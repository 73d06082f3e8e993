/** Small choices that the browser keeps for the next time; where it keeps nothing, they last as long as the page. */

export function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Refused by the browser, as for a page in a frame of another site.
  }
}
