import { toBase64 } from '../util/base64.ts';

/** The number of visits in one block: shared texts are stored once, and opening a visit inflates one block only. */
const perBlock = 8;
/** The number of texts seen once that are remembered, to recognise them when they come again. */
const mostSeen = 60_000;
/**
 * A placeholder for the anchors' prefix of a visit, so that all visits compress alike; it occurs in no text of a page.
 */
const prefixMark = '\u0001';

/** A block of compressed visits in a page: base64 of the zlib format of JSON. */
type Block = { readonly id: string; readonly base64: string };

/** Compresses the markup of visits, as it comes. */
type Packer = {
  /** Packs the markup of a visit, with the prefix of its anchors; returns its position, `block.index`. */
  readonly add: (markup: string, prefix: string) => Promise<string>;
  /** Ends the last block; returns all of them, the table of shared texts first. */
  readonly end: () => Promise<readonly Block[]>;
};

/**
 * Each visit becomes a list of its tags and texts; repeated ones, in any visit, are numbers, the indexes of a table
 * that the page has once. The script of the page restores them.
 */
export function createPacker(): Packer {
  const table: string[] = [];
  const numbers = new Map<string, number>();
  const seen = new Set<string>();
  const blocks: Block[] = [];
  let open: (readonly (string | number)[])[] = [];

  const tokenize = (text: string): string | number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    if (!seen.has(text)) {
      if (seen.size === mostSeen) seen.clear();
      seen.add(detach(text));
      return text;
    }
    seen.delete(text);
    const own = detach(text);
    numbers.set(own, table.push(own) - 1);
    return numbers.get(own) ?? text;
  };

  const close = async () => {
    if (open.length > 0) blocks.push({ id: `z${blocks.length}`, base64: await compress(open) });
    open = [];
  };

  return {
    add: async (markup, prefix) => {
      const tokens = splitMarkup(markup.replaceAll(prefix, prefixMark));
      const place = `${blocks.length}.${open.push(tokens.map(tokenize)) - 1}`;
      if (open.length === perBlock) await close();
      return place;
    },
    end: async () => {
      await close();
      return [{ id: 'zt', base64: await compress(table) }, ...blocks];
    },
  };
}

/** Splits markup between tags and texts, which contain neither `<` nor `>`. A regular expression takes three times as long. */
function splitMarkup(markup: string): string[] {
  const tokens: string[] = [];
  for (let from = 0, end = 0; from < markup.length; from = end) {
    end = markup.charAt(from) === '<' ? endOfTags(markup, from) : markup.indexOf('<', from);
    if (end < 0) end = markup.length;
    tokens.push(markup.slice(from, end));
  }
  return tokens;
}

/** The end of the tags that begin at a place; -1 if the last is not closed. */
function endOfTags(markup: string, from: number): number {
  let end = from;
  while (markup.charAt(end) === '<') {
    const close = markup.indexOf('>', end);
    if (close < 0) return -1;
    end = close + 1;
  }
  return end;
}

/** A copy that does not hold on to the page that it was cut from. */
const detach = (text: string): string => JSON.parse(JSON.stringify(text));

/** Compresses JSON. Without a `Response`, with which Node loads its client of HTTP: 40 ms in one piece. */
async function compress(value: unknown): Promise<string> {
  const { readable, writable } = new CompressionStream('deflate');
  const written = new Blob([JSON.stringify(value)]).stream().pipeTo(writable);
  const reader = readable.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let read = await reader.read(); !read.done; read = await reader.read()) parts.push(read.value);
  await written;
  return toBase64(new Uint8Array(await new Blob(parts).arrayBuffer()));
}
