/** Names of 0.4, kept for one minor. */
import type { ParseFailure } from './parse.ts';
import { validationMode } from './reader.ts';

/** @deprecated since 0.5.0: {@link ParseFailure} is its name. */
export type Refused = ParseFailure;
/** @deprecated since 0.5.0: {@link validationMode} is its name. */
export const wireMode: typeof validationMode = validationMode;
