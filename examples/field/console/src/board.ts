/** The board of the center: read once, then kept by the stream of its changes. */
import { batch, signal } from '@preact/signals';
import type { Board } from 'auxilio/service';
import { queueOf, type Row, requeued, type Waiting } from './queue.ts';
import { sounded } from './sounds.ts';

export const rows = signal<ReadonlyMap<string, Row>>(new Map());
export const queue = signal<readonly Waiting[]>([]);
/** `stale`: shown as it was when the connection was lost. */
export const connection = signal<'opening' | 'live' | 'stale'>('opening');

function replace(all: readonly Row[]): void {
  batch(() => {
    rows.value = new Map(all.map((row) => [row.visitId, row]));
    queue.value = queueOf(all);
    connection.value = 'live';
  });
  sounded(queue.value);
}

function change(visitId: string, row: Row | null): void {
  batch(() => {
    const changed = new Map(rows.peek());
    if (row === null) changed.delete(visitId);
    else changed.set(visitId, row);
    rows.value = changed;
    queue.value = requeued(queue.peek(), visitId, row);
  });
  sounded(queue.value);
}

/** Follows the board; answers how to stop. The browser opens the stream again when it breaks, and the whole board comes first. */
export function followBoard(): () => void {
  const source = new EventSource('/api/board');
  const on = <T>(name: string, take: (value: T) => void) =>
    source.addEventListener(name, (event) => take(JSON.parse((event as MessageEvent<string>).data)));
  on<Board>('board', ({ byPhase }) => replace(Object.values(byPhase).flat()));
  on<Row>('visit', (row) => change(row.visitId, row));
  on<{ visitId: string }>('gone', ({ visitId }) => change(visitId, null));
  source.onerror = () => {
    connection.value = connection.peek() === 'opening' ? 'opening' : 'stale';
  };
  return () => source.close();
}
