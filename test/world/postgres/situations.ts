/** The situations of a cluster of Postgres servers that a run over it must reach. */
export const clusterSituations = [
  'standbys that lag',
  'a standby promoted',
  'a promotion that loses what only one server had',
  'an append in doubt over a failover',
  'a cursor beyond the switch',
  'an old primary that runs on beside the new one',
  'an old primary that still answers',
  'a wait for the standby that is cancelled or terminated',
  'a primary restarted while a commit waits',
  'a read of what only one server has',
  'a repeat of what only one server has',
  'a refusal that rests on what only one server has',
] as const;

export type ClusterSituation = (typeof clusterSituations)[number];
