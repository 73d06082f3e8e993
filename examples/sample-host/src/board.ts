import type { VisitEvent } from 'auxilio';

/** The board in the office: the phase of each visit. */
export type Board = { readonly [visitId: string]: 'on its way' | 'there' | 'working' | 'over' };

export const emptyBoard = (): Board => ({});

/** The board after one more event. What it does not show leaves it as it is. */
export function onBoard(board: Board, event: VisitEvent): Board {
  const { visitId } = event.data;
  switch (event.type) {
    case 'VisitAssigned':
    case 'ProviderReassigned':
      return { ...board, [visitId]: 'on its way' };
    case 'ProviderArrived':
      return { ...board, [visitId]: 'there' };
    case 'WorkStarted':
    case 'Resumed':
      return { ...board, [visitId]: 'working' };
    case 'Completed':
    case 'VisitClosed':
      return { ...board, [visitId]: 'over' };
    default:
      return board;
  }
}
