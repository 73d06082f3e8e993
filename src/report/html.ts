/** Markup that goes into a page as it is. Only this module makes it, so that no text of a log ever becomes markup. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** A part of a template: markup as it is, text and numbers escaped, lists joined, nothing for an absent one. */
export type Part = Html | string | number | null | undefined | false | readonly Part[];

/** Control and bidi characters, lone surrogates, and noncharacters. */
const unshown = /[\p{Cc}\p{Cs}\p{Bidi_C}\p{Noncharacter_Code_Point}]/gu;
const blank = /[\t\n\v\f\r]/;
/** No language stacks more than 30 marks on a letter; a page neither breaks such a pile nor holds it in. */
const mostMarks = 30;
const marks = /\p{M}+/gu;

/**
 * A text with a space, or U+FFFD, for characters that a page cannot show, or that would reverse or cover their
 * neighbours.
 */
export function sanitize(text: string): string {
  return text.replace(unshown, (point) => (blank.test(point) ? ' ' : '\uFFFD')).replace(marks, capMarks);
}

function capMarks(pile: string): string {
  const points = [...pile];
  return points.length > mostMarks ? `${points.slice(0, mostMarks).join('')}\uFFFD` : pile;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as markup of an element or of a quoted attribute. */
function escapeText(text: string): string {
  return sanitize(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** A template whose parts are escaped, unless they are markup already. Line ends and indents of the template go. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let markup = '';
  for (const [place, written] of compact(template).entries()) {
    markup += written + renderPart(parts[place]);
  }
  return new Html(markup);
}

function renderPart(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (typeof part === 'string') return escapeText(part);
  if (typeof part === 'number') return String(part);
  return Array.isArray(part) ? part.map(renderPart).join('') : '';
}

const compacted = new WeakMap<TemplateStringsArray, readonly string[]>();

function compact(template: TemplateStringsArray): readonly string[] {
  const known = compacted.get(template);
  if (known !== undefined) return known;
  const made = template.map((written) => written.replace(/\n\s*/g, ''));
  compacted.set(template, made);
  return made;
}

/** Joins parts by a separator. */
export function joinParts(parts: readonly Part[], separator: string): readonly Part[] {
  return parts.flatMap((part, place) => (place === 0 ? [part] : [separator, part]));
}
