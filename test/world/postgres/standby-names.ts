/** The setting `synchronous_standby_names`, and which place in the WAL its standbys have reached. */

/** Report of a standby to its primary. */
export type Link = { readonly standby: string; flushLsn: number; replayLsn: number };

type Setting = Readonly<{ how: 'FIRST' | 'ANY'; count: number; names: readonly string[] }>;

/** Reads the setting; undefined if it is empty. */
function parseNames(text: string): Setting | undefined {
  const [, how, count = '1', list] = /^\s*(?:(FIRST|ANY)?\s*(\d+)\s*\(([^)]*)\))\s*$/i.exec(text) ?? [];
  const names = (list ?? text)
    .split(',')
    .map((name) => name.trim().replaceAll('"', ''))
    .filter((name) => name !== '');
  if (names.length === 0) return undefined;
  return { how: how?.toUpperCase() === 'ANY' ? 'ANY' : 'FIRST', count: Number(count), names };
}

const priorityOf = (names: readonly string[], { standby }: Link) =>
  names.findIndex((name) => name === '*' || name === standby);

/** The standbys that a commit waits for, or may be one of those, by their priority; undefined if it waits for none. */
function listSynchronous(text: string, links: readonly Link[]) {
  const setting = parseNames(text);
  if (setting === undefined) return undefined;
  const { how, count, names } = setting;
  const candidates = links.filter((link) => priorityOf(names, link) >= 0);
  candidates.sort((one, other) => priorityOf(names, one) - priorityOf(names, other));
  return { how, count, candidates: how === 'FIRST' ? candidates.slice(0, count) : candidates };
}

/** True if the standbys that the setting asks for have reached a place. */
export function isReached(text: string, links: readonly Link[], lsn: number, by: 'flushLsn' | 'replayLsn'): boolean {
  const found = listSynchronous(text, links);
  return found === undefined || found.candidates.filter((link) => link[by] >= lsn).length >= found.count;
}

/** The `sync_state` of a standby in `pg_stat_replication`. */
export function syncState(text: string, links: readonly Link[], link: Link): string {
  const setting = parseNames(text);
  if (setting === undefined || priorityOf(setting.names, link) < 0) return 'async';
  if (setting.how === 'ANY') return 'quorum';
  return listSynchronous(text, links)?.candidates.includes(link) === true ? 'sync' : 'potential';
}
