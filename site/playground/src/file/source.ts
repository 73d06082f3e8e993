/** A file of one's own: what it is, and its bytes with the progress of reading them. Nothing of it leaves the page. */

/** What a file holds: a log, an event a line or in an array; a sheet; or the receipt of a client. */
type Kind = 'log' | 'log-array' | 'sheet' | 'receipt';

export type Source = Readonly<{ name: string; file: Blob; kind: Kind; encoding: string; head: string }>;

export type SourceProblem = 'empty' | 'binary' | 'compressed' | 'too-large';

/** The most that is read: what a browser holds without trouble. */
export const mostBytes = 200_000_000;
const headBytes = 1 << 20;

/** Bytes that only files of other programs have at the beginning: archives, workbooks, pictures. */
const isBinary = (bytes: Uint8Array): boolean => bytes.subarray(0, 4096).includes(0);

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** Looks at the beginning of a file. */
export async function inspect(name: string, file: Blob): Promise<Source | SourceProblem> {
  if (file.size > mostBytes) return 'too-large';
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'compressed';
  // A workbook is an archive.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'binary';
  const encoding = encodingOf(bytes);
  if (!encoding.startsWith('utf-16') && isBinary(bytes)) return 'binary';
  const text = new TextDecoder(encoding).decode(bytes).replace(/^\uFEFF/, '');
  if (text.trim() === '') return 'empty';
  // A log is UTF-8: any other byte in it is damage, which its audit shows.
  const kind = kindOf(text);
  return { name, file, kind, encoding: kind === 'sheet' ? encoding : 'utf-8', head: text };
}

const EVENT = /^\s*\[?\s*\{(?:(?!\n).){0,2000}?"(?:type|data)"\s*:/s;

const RECEIPT = /^\s*\{\s*"format"\s*:\s*"auxilio-receipt-/;

/** A text with an event in its first lines is a log, even where others of them are damaged. */
function kindOf(text: string): Kind {
  if (RECEIPT.test(text)) return 'receipt';
  const isArray = text.trimStart().startsWith('[');
  const isLog = isArray ? EVENT.test(text) : text.split('\n', 20).some(isEvent);
  if (!isLog) return 'sheet';
  return isArray ? 'log-array' : 'log';
}

const isEvent = (line: string): boolean =>
  /^\s*\{/.test(line) && /"type"\s*:/.test(line) && /"data"\s*:\s*\{/.test(line);

/** The parts of a file, as they are read. @throws the reason of the signal once it is aborted */
export async function* partsOf(
  { file, encoding }: Pick<Source, 'file' | 'encoding'>,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array | string> {
  const decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding);
  const reader = file.stream().getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      signal.throwIfAborted();
      onBytes(part.value.length);
      yield decoder === null ? part.value : decoder.decode(part.value, { stream: true });
    }
    if (decoder !== null) yield decoder.decode();
  } finally {
    await reader.cancel().catch(() => {});
  }
}
