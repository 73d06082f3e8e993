const ESC = String.fromCodePoint(27);

/** Styles a text for a terminal; elsewhere it stays as it is. */
export const style = {
  bold: (text: string) => styled(text, 1),
  dim: (text: string) => styled(text, 2),
  red: (text: string) => styled(text, 31),
};

function styled(text: string, code: number): string {
  const plain = !process.stdout.isTTY || process.env.NO_COLOR !== undefined;
  return plain ? text : `${ESC}[${code}m${text}${ESC}[0m`;
}

const widthOf = (text: string) => [...text].length;

const padded = (text: string, width: number, toRight: boolean) => {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return toRight ? space + text : text + space;
};

/** Rows in columns as wide as their widest cell; those in `toRight` are aligned to the right. */
export function columns(rows: readonly (readonly string[])[], toRight: readonly number[] = []): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  return rows.map((row) =>
    row
      .map((cell, index) => padded(cell, widths[index] ?? 0, toRight.includes(index)))
      .join('  ')
      .trimEnd(),
  );
}

/** A text in lines of at most `width`, the first after `head`, the others below it. */
export function hanging(head: string, text: string, width = 110): string[] {
  const indent = ' '.repeat(widthOf(head));
  const lines = [head];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1] ?? '';
    const empty = last === head || last === indent;
    if (empty) lines[lines.length - 1] = last + word;
    else if (widthOf(last) + 1 + widthOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines;
}
