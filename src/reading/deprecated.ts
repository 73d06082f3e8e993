/** Names of 0.4, kept for one minor. */
import type { ChainHead } from '../messages/index.ts';
import type { WorkedTime } from '../visit/worked-time.ts';
import type { DeclinedRequest, UnproductiveVisit } from './judging/declined-and-attempts.ts';
import type { MissingActs } from './shortest-path.ts';

/** @deprecated since 0.5.0: {@link UnproductiveVisit} is its name. */
export type Attempt = UnproductiveVisit;
/** @deprecated since 0.5.0: {@link DeclinedRequest} is its name. */
export type Declined = DeclinedRequest;
/** @deprecated since 0.5.0: {@link MissingActs} is its name. */
export type Missing = MissingActs;
/** @deprecated since 0.5.0: {@link WorkedTime} is its name. */
export type Worked = WorkedTime;
/** @deprecated since 0.5.0: {@link ChainHead} is its name. */
export type SealedEnd = ChainHead;
