import type { ClauseActor, ClauseId, ClauseLevel } from './clause.ts';

/** The level of every clause and whose duty it is, in the order of the document, numbered on from the first of each row. */
const rows: { readonly [First in ClauseId]?: readonly [levels: string, actors: string] } = {
  '0-01': ['AH', 'II'],
  '1.1-01': [
    'HGHGGGHHHDAHHGHGHHHHHDAHHHDHHHHDHGHDHHDHHGHAHHHHHHHHH',
    'PPPPKPPPPCKPCPKPPPPPPCKPPPCPPPPKPPPPPPCPPKPPPPPPPKPPK',
  ],
  '1.2-01': ['HHHGHGGGADGDDGD', 'PPPPPPPCPCCCCCC'],
  '1.3-01': ['GHAHA', 'PPPPI'],
  '2-00': ['A', 'P'],
  '2.1-01': ['AGGGGGGG', 'PPPPPPPP'],
  '2.2-00': ['AGGGGGGGDAGA', 'PPPPPPPPPPPP'],
  'RET-01': ['AAAA', 'IIII'],
};

const actorOf: Readonly<Record<string, ClauseActor>> = {
  P: 'provider',
  C: 'contact-center',
  K: 'client',
  I: 'insurer',
};

type Duty = { readonly id: ClauseId; readonly level: ClauseLevel; readonly actor: ClauseActor };

/** The level and the actor of each clause, apart from its text, so that code that judges does not bundle the texts. */
export const duties: readonly Duty[] = /* @__PURE__ */ numbered();

function numbered(): readonly Duty[] {
  return Object.entries(rows).flatMap(([first, [levels, actors]]) =>
    [...levels].map((level, index) => ({
      id: after(first, index),
      level: level as ClauseLevel,
      actor: actorOf[actors.charAt(index)] as ClauseActor,
    })),
  );
}

/** The id so many places after another of its chapter. */
function after(first: string, places: number): ClauseId {
  const place = String(Number(first.slice(-2)) + places).padStart(2, '0');
  return `${first.slice(0, -2)}${place}` as ClauseId;
}
