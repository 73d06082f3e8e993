import { type ClusterSituation, clusterSituations } from './postgres/situations.ts';

/** The situations that a run of 1,000 seeds must reach, each at least once: else the world would prove less than it seems to. */
export const situations = [
  'an append in doubt that was not written',
  'an append in doubt that was written',
  'an append in doubt that is sent again',
  'an answer lost after the work was done',
  'a request that arrives after its caller gave it up',
  'a request that arrives twice',
  'a device without a signal',
  'no server runs',
  'a server killed',
  'a server restored from an older backup',
  'a phone killed in the middle of something',
  'a phone whose log is not the server’s any more',
  'acts that a restored server lacks come back from a phone',
  'a full disk while something is recorded',
  'a database deleted alone',
  'a database deleted with all beside it',
  'a loss that a phone names',
  'a clock that jumps',
  'an act with a clock that is off',
  'an act that the phone refuses',
  'an act recorded despite the phone',
  'an act undone in time',
  'an act undone while it is sent',
  'a command of the center that is refused',
  'a repeat is answered as the first time',
  'an act reported as a discrepancy',
  'a twin',
  'a late act of a former provider',
  'a discrepancy settled',
  'a reported act taken on record',
  'settled twice',
  'two discrepancies of one visit',
  'a visit given to another provider and back',
  'a visit completed',
  'a visit closed before it was completed',
  'photographs sent',
  'a handler that fails and is tried again',
  'a stream parked by poison',
  'an event delivered again',
] as const;

export type Situation = (typeof situations)[number] | ClusterSituation;

/** All of them, in any setting. */
export const allSituations: readonly Situation[] = [...situations, ...clusterSituations];
