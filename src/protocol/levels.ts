import type { ClauseId, ClauseLevel } from './clause.ts';

/** The level of every clause, in the order of the document: a letter for each, numbered on from the first of its list. */
const letters: { readonly [First in ClauseId]?: string } = {
  '0-01': 'AH',
  '1.1-01': 'HGHGGGHHHDAHHGHGHHHHHDAHHHDHHHHDHGHDHHDHHGHAHHHHHHHHH',
  '1.2-01': 'HHHGHGGGADGDDGD',
  '1.3-01': 'GHAHA',
  '2-00': 'A',
  '2.1-01': 'AGGGGGGG',
  '2.2-00': 'AGGGGGGGDAGA',
  'RET-01': 'AAAA',
};

/** The ids of the clauses and their levels. Apart from the texts, so that who judges does not carry what is told. */
export const levels: readonly { readonly id: ClauseId; readonly level: ClauseLevel }[] = /* @__PURE__ */ numbered();

function numbered() {
  return Object.entries(letters).flatMap(([first, row]) =>
    [...row].map((level, index) => ({ id: after(first, index), level: level as ClauseLevel })),
  );
}

/** The id so many places after another of its chapter. */
function after(first: string, places: number): ClauseId {
  const place = String(Number(first.slice(-2)) + places).padStart(2, '0');
  return `${first.slice(0, -2)}${place}` as ClauseId;
}
