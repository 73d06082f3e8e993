/** A line of a chart: its label and its values. */
type Line = Readonly<{ name: string; colour: string; points: readonly (readonly [number, number])[] }>;

/** A chart with a logarithmic scale on both sides. */
export type Chart = Readonly<{ title: string; across: string; up: string; lines: readonly Line[] }>;

const [width, height] = [760, 440];
const area = { left: 72, right: 600, top: 56, bottom: 380 };

type Scale = Readonly<{ from: number; to: number; place: (value: number) => number }>;

/** A scale over whole decades, from the one below the least value to the one above the greatest. */
function scale(values: readonly number[], start: number, end: number): Scale {
  const from = Math.floor(Math.log10(Math.min(...values)));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values))));
  return { from, to, place: (value) => start + ((Math.log10(value) - from) / (to - from)) * (end - start) };
}

const decades = ({ from, to }: Scale) => Array.from({ length: to - from + 1 }, (_, step) => 10 ** (from + step));
const rounded = (value: number) => Number(value.toFixed(1));
const named = (value: number) => (value >= 1 ? value.toLocaleString('en') : String(Number(value.toPrecision(1))));

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function text(x: number, y: number, words: string, rest = ''): string {
  return `<text x="${rounded(x)}" y="${rounded(y)}"${rest}>${escaped(words)}</text>`;
}

function gridOf(across: Scale, up: Scale): string[] {
  const upright = decades(across).map((value) => {
    const x = rounded(across.place(value));
    return `<path d="M${x} ${area.top}V${area.bottom}"/>${text(x, area.bottom + 20, named(value), ' text-anchor="middle"')}`;
  });
  const level = decades(up).map((value) => {
    const y = rounded(up.place(value));
    return `<path d="M${area.left} ${y}H${area.right}"/>${text(area.left - 8, y + 4, named(value), ' text-anchor="end"')}`;
  });
  return [...upright, ...level];
}

type Place = readonly [number, number];

function lineOf(colour: string, places: readonly Place[]): string {
  const path = `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${places.map(String).join(' ')}"/>`;
  return [path, ...places.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3" fill="${colour}"/>`)].join('');
}

/** The names of the lines at their ends, one below the other where the ends are close. */
function namesOf(ends: readonly (Line & { readonly end: Place })[]): string[] {
  const lowest = new Map<number, number>();
  return ends
    .toSorted((one, other) => one.end[1] - other.end[1])
    .map(({ name, colour, end: [x, y] }) => {
      const below = Math.max(y, (lowest.get(x) ?? 0) + 16);
      lowest.set(x, below);
      return text(x + 10, below + 4, name, ` fill="${colour}" font-weight="bold"`);
    });
}

/** Draws a chart as SVG, on white, so that it can be read on a dark page too. */
export function svgOf({ title, across, up, lines }: Chart): string {
  const points = lines.flatMap((line) => line.points);
  const horizontal = scale(
    points.map(([x]) => x),
    area.left,
    area.right,
  );
  const vertical = scale(
    points.map(([, y]) => y),
    area.bottom,
    area.top,
  );
  const drawn = lines.map((line) => {
    const places = line.points.map(([x, y]): Place => [rounded(horizontal.place(x)), rounded(vertical.place(y))]);
    return { ...line, places, end: places.at(-1) ?? ([0, 0] as const) };
  });
  const middle = (area.top + area.bottom) / 2;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13" fill="#333">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text(area.left, 30, title, ' font-size="16" font-weight="bold"'),
    text((area.left + area.right) / 2, area.bottom + 46, across, ' text-anchor="middle"'),
    text(20, middle, up, ` text-anchor="middle" transform="rotate(-90 20 ${middle})"`),
    `<g stroke="#ddd">${gridOf(horizontal, vertical).join('\n').replaceAll('<text', '<text stroke="none"')}</g>`,
    ...drawn.map(({ colour, places }) => lineOf(colour, places)),
    ...namesOf(drawn),
    '</svg>',
  ].join('\n')}\n`;
}
