import type { Case } from '../stage/case.ts';
import { aggregate, aggregateBackwards, aggregateRanges } from './aggregate.ts';
import { append } from './append.ts';
import { consumers, consumersAlone } from './consumers.ts';
import {
  crash,
  crashFeed,
  crashMoves,
  crashRepeats,
  reopen,
  reopenFeed,
  reopenJudged,
  reopenRepeats,
  reopenWaiting,
} from './durability.ts';
import { effects, transactions } from './effects.ts';
import { conflictDetails, expectations, rangeExpectations } from './expectations.ts';
import { feed, feedOfRefusals, feedOfRepeats } from './feed.ts';
import { fidelity } from './fidelity.ts';
import { generations } from './generations.ts';
import {
  handles,
  handlesFeed,
  handlesLastEvent,
  handlesMove,
  handlesRace,
  handlesRepeat,
  handlesStored,
} from './handles.ts';
import { idempotency, racingRepeats, repeatsOfAnyName } from './idempotency.ts';
import { immutability } from './immutability.ts';
import { feedIsolation, isolation, storedIsolation } from './isolation.ts';
import { lastEvent, lastEventRepeats, lastEventRows } from './last-event.ts';
import { names, storedNames } from './names.ts';
import { positions } from './positions.ts';
import { processes, processesRepeat } from './processes.ts';
import { racing } from './racing.ts';
import { backwards, ranges, storedRanges } from './ranges.ts';
import { reading } from './reading.ts';
import { rebuilding } from './rebuilding.ts';
import {
  besideRefusals,
  feedRefusals,
  moveRefusals,
  rangeRefusals,
  refusals,
  storedRefusals,
  unbound,
  unboundBeside,
} from './refusals.ts';
import { lag, lagHeld, retrying, streamFeed, streamFeedNames } from './retrying.ts';
import { rows, rowsAlone, rowsOfRefusals, rowsOfRepeats } from './rows.ts';
import { stored, storedRepeats } from './stored.ts';
import { held } from './uncommitted-appends.ts';

/** The cases of the suite by capability. */
export const allCases: readonly Case[] = [
  ...append,
  ...[...expectations, ...rangeExpectations, ...conflictDetails],
  ...[...lastEvent, ...lastEventRepeats, ...lastEventRows],
  ...[...racing, ...reading],
  ...[...ranges, ...backwards, ...positions, ...aggregate, ...aggregateRanges, ...aggregateBackwards],
  ...[...names, ...fidelity, ...isolation],
  ...[
    ...refusals,
    ...rangeRefusals,
    ...storedRefusals,
    ...feedRefusals,
    ...besideRefusals,
    ...moveRefusals,
    ...unbound,
    ...unboundBeside,
  ],
  ...[...idempotency, ...repeatsOfAnyName, ...racingRepeats],
  ...[...stored, ...storedRanges, ...storedNames, ...storedIsolation, ...storedRepeats],
  ...[...feed, ...feedOfRefusals, ...feedOfRepeats, ...feedIsolation, ...held],
  ...[...rows, ...rowsAlone, ...rowsOfRefusals, ...rowsOfRepeats],
  ...[...consumers, ...consumersAlone, ...rebuilding],
  ...[...streamFeed, ...streamFeedNames, ...lag, ...lagHeld, ...retrying, ...generations],
  ...[...effects, ...transactions],
  ...[
    ...handles,
    ...handlesRace,
    ...handlesLastEvent,
    ...handlesStored,
    ...handlesRepeat,
    ...handlesFeed,
    ...handlesMove,
  ],
  ...[...reopen, ...reopenJudged, ...reopenRepeats, ...reopenFeed, ...reopenWaiting],
  ...[...crash, ...crashRepeats, ...crashFeed, ...crashMoves],
  ...[...processes, ...processesRepeat],
  ...immutability,
];
