import type { EventType } from '../../messages/index.ts';
import type { FieldName } from '../../words/chapter.ts';
import type { Codes } from '../../words/codes.ts';

/** The words for acts and their fields. */
export type ActWords = {
  /** The event, as a heading. */
  readonly events: Readonly<Record<EventType, string>>;
  readonly fields: Readonly<Record<FieldName, string>>;
  readonly codes: Codes;
};
