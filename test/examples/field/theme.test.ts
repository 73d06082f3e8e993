import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const styles = (path: string) => readFileSync(`examples/field/${path}`, 'utf8');

/** The colours of the base by their names: in the light theme and in the dark one. */
const tokens = new Map(
  [...styles('ui/base.css').matchAll(/--([\w-]+): light-dark\((#[\da-f]+), (#[\da-f]+)\)/g)].map(
    ([, name, light, dark]) => [name, { light, dark }] as const,
  ),
);

/** The relative luminance of a colour, by WCAG 2.2. */
function luminance(colour: string): number {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((from) => {
    const part = Number.parseInt(digits.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The pairs of two lists of tokens whose contrast in a theme is below a limit. */
const below = (limit: number, theme: 'light' | 'dark', inks: readonly string[], grounds: readonly string[]) =>
  inks.flatMap((ink) =>
    grounds
      .map((ground) => {
        const [one = '#000', other = '#000'] = [tokens.get(ink)?.[theme], tokens.get(ground)?.[theme]];
        return [ink, ground, contrast(one, other)] as const;
      })
      .filter(([, , ratio]) => ratio < limit),
  );

describe('the two themes of the screens', () => {
  const grounds = ['paper', 'desk', 'brand-soft', 'good-soft', 'wait-soft', 'bad-soft'];

  for (const theme of ['light', 'dark'] as const) {
    it(`has a contrast of 7:1 or more between each text and each ground, ${theme}`, () => {
      expect(below(7, theme, ['ink', 'quiet', 'brand', 'good', 'wait', 'bad'], grounds)).toEqual([]);
    });

    it(`has one of 3:1 or more between the edges of controls and each ground, ${theme}`, () => {
      expect(below(3, theme, ['strong-line', 'focus'], grounds)).toEqual([]);
    });
  }

  it('has one of 7:1 or more in the bar of the console', () => {
    for (const theme of ['light', 'dark'] as const) expect(below(7, theme, ['bar-text'], ['bar'])).toEqual([]);
  });

  it('takes each colour of a screen from these', () => {
    for (const screen of ['phone', 'console'])
      expect(styles(`${screen}/src/style.css`)).not.toMatch(/#[\da-f]{3,6}\b|light-dark|: (white|black)\b/);
  });
});
