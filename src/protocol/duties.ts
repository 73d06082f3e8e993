import type { ClauseActor, ClauseDuty, ClauseId, ClauseLevel } from './clause.ts';

/** Level and actor of every clause, ten in a line: 1.1-19 is the last of the second line of `1.1-`. */
const rows: Readonly<Record<string, readonly string[]>> = {
  '0-': ['-- AI HI'],
  '1.1-': [
    '-- HP GP HP GP GK GP HP HP HP',
    'DC AK HP HC GP HK GP HP HP HP',
    'HP HP DC AK HP HP HP DC HP HP',
    'HP HP DK HP GP HP DP HP HP DC',
    'HP HP GK HP AP HP HP HP HP HP',
    'HK HP HP HK',
  ],
  '1.2-': ['-- HP HP HP GP HP GP GP GC AP', 'DC GC DC DC GC DC'],
  '1.3-': ['-- GP HP AP HP AI'],
  '2-': ['AP'],
  '2.1-': ['-- AP GP GP GP GP GP GP GP'],
  '2.2-': ['AP GP GP GP GP GP GP GP DP AP', 'GP AP'],
  'RET-': ['-- AI AI AI AI'],
};

const actorsByLetter: Readonly<Record<string, ClauseActor>> = {
  P: 'provider',
  C: 'contact-center',
  K: 'client',
  I: 'insurer',
};

/** The level and the actor of each clause, apart from its text, so that code that judges does not bundle the texts. */
export const duties: readonly ClauseDuty[] = /* @__PURE__ */ numberClauses();

function numberClauses(): readonly ClauseDuty[] {
  return Object.entries(rows).flatMap(([chapter, lines]) =>
    lines
      .join(' ')
      .split(' ')
      .flatMap(([level, letter = ''], place) => {
        const actor = actorsByLetter[letter];
        const id = (chapter + String(place).padStart(2, '0')) as ClauseId;
        return actor === undefined ? [] : { id, level: level as ClauseLevel, actor };
      }),
  );
}
