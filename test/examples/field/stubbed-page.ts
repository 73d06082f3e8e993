import { afterAll, vi } from 'vitest';

/** Stubs what a module of the phone asks of its page as it is imported; the texts that it keeps in `localStorage`. */
export function stubPage(): Map<string, string> {
  const texts = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => texts.set(key, text),
    removeItem: (key: string) => texts.delete(key),
  });
  vi.stubGlobal('addEventListener', () => undefined);
  afterAll(() => vi.unstubAllGlobals());
  return texts;
}
