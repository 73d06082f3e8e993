/** A slot: `{, case $caseNumber}` is said with its fact, `{$client|the client}` has other words without it. */
const SLOT = /\{([^${}]*)\$(#?\w+)((?:[^\w|{}][^|{}]*)?)(?:\|([^{}]*))?\}/;

const texts = new Map<string, readonly string[]>();

/** Fills the slots of a text of ours, which is read once; `''` is a fact that is missing. A fact is not read for slots. */
export function fillSlots(text: string, findFact: (name: string) => string): string {
  const parts = texts.get(text) ?? text.split(SLOT);
  texts.set(text, parts);
  let said = `${parts[0]}`;
  for (let at = 1; at < parts.length; at += 5) {
    const fact = findFact(`${parts[at + 1]}`);
    said += fact ? parts[at] + fact + parts[at + 2] : (parts[at + 3] ?? '');
    said += parts[at + 4];
  }
  return said;
}

/** A text whose slots have facts of these names alone; any other is `never`, and does not compile. */
export type Slotted<Text extends string, Name extends string> = string extends Text
  ? never
  : Text extends `${string}$${infer Rest}`
    ? Rest extends `${Name}${'}' | '|' | ' ' | '.' | ',' | ')' | ';' | '”' | '»'}${string}`
      ? Slotted<Rest, Name>
      : never
    : string;
