import { parseJson } from '../util/json.ts';

/** True if an object in a JSON text has a key twice: readers may differ in which of its values they take. */
export function hasRepeatedKey(json: string): boolean {
  const open: (Set<unknown> | null)[] = [];
  let text = '';
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '"') {
      const begin = at;
      at += 1;
      while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
      text = json.slice(begin, at + 1);
    } else if (character === '{') open.push(new Set());
    else if (character === '[') open.push(null);
    else if (character === '}' || character === ']') open.pop();
    else if (character === ':') {
      const keys = open.at(-1);
      const key = parseJson(text);
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}

const VISIT = '"visitId"';

/** True if a JSON text names a visit more than once in one object, as where two lines became one that can still be parsed. */
export function isMergedLine(json: string): boolean {
  const first = json.indexOf(VISIT);
  return first >= 0 && json.includes(VISIT, first + VISIT.length) && hasRepeatedKey(json);
}
