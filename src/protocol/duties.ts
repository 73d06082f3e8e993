import type { ClauseActor, ClauseDuty, ClauseId, ClauseLevel } from './clause.ts';

/** The level of every clause and whose duty it is, in the order of the document, by chapter: from its clause 00, or a dot. */
const rows: Readonly<Record<string, readonly [levels: string, actors: string]>> = {
  '0-': ['.AH', '.II'],
  '1.1-': [
    '.HGHGGGHHHDAHHGHGHHHHHDAHHHDHHHHDHGHDHHDHHGHAHHHHHHHHH',
    '.PPPPKPPPPCKPCPKPPPPPPCKPPPCPPPPKPPPPPPCPPKPPPPPPPKPPK',
  ],
  '1.2-': ['.HHHGHGGGADGDDGD', '.PPPPPPPCPCCCCCC'],
  '1.3-': ['.GHAHA', '.PPPPI'],
  '2-': ['A', 'P'],
  '2.1-': ['.AGGGGGGG', '.PPPPPPPP'],
  '2.2-': ['AGGGGGGGDAGA', 'PPPPPPPPPPPP'],
  'RET-': ['.AAAA', '.IIII'],
};

const actorOf: Readonly<Record<string, ClauseActor>> = {
  P: 'provider',
  C: 'contact-center',
  K: 'client',
  I: 'insurer',
};

/** The level and the actor of each clause, apart from its text, so that code that judges does not bundle the texts. */
export const duties: readonly ClauseDuty[] = /* @__PURE__ */ numbered();

function numbered(): readonly ClauseDuty[] {
  return Object.entries(rows).flatMap(([chapter, [levels, actors]]) =>
    [...levels].flatMap((level, place) => {
      const actor = actorOf[actors.charAt(place)];
      const id = (chapter + String(place).padStart(2, '0')) as ClauseId;
      return actor === undefined ? [] : { id, level: level as ClauseLevel, actor };
    }),
  );
}
