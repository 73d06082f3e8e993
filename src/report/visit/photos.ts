import { asArray, asRecord } from '../../util/json.ts';
import { table, text, timeElement } from '../components.ts';
import { html } from '../html.ts';
import type { List } from './lists.ts';

/** The photographs: when each was taken, sent and put on file, and the hash that proves which file it is. */
export const photoTable: List = (context, { reading }) => {
  const { short } = context.clock;
  const hashes = new Map<unknown, unknown>();
  for (const { event } of reading.entries) {
    if (event.type !== 'PhotosTaken') continue;
    for (const photo of asArray(event.data.photos).map(asRecord)) hashes.set(photo.photoId, photo.sha256);
  }
  const name = (photoId: string) => {
    const link = context.photoLink?.(photoId, hashes.get(photoId)) ?? null;
    return link === null ? text(photoId) : html`<a href="${link}" rel="noopener noreferrer">${text(photoId)}</a>`;
  };
  const rows = Object.entries(reading.state.photos.byId).map(([photoId, { shot, takenAt, sentAt, documentedAt }]) => [
    name(photoId),
    text(shot),
    timeElement(takenAt, short),
    timeElement(sentAt, short),
    timeElement(documentedAt, short),
    html`<code>${text(hashes.get(photoId))}</code>`,
  ]);
  return rows.length === 0 ? null : table(context, ['photo', 'shot', 'taken', 'sent', 'documented', 'sha256'], rows);
};
