/** The parts of the report that a screen shows: its words, its timeline, its sentences. */
import type { EventType, VisitEvent } from 'auxilio';
import { timeline } from '../../../../src/report/timeline/timeline.ts';
import { createContext, describeFinding, standing } from '../../../../src/report/visit/plain-text.ts';
import { createView } from '../../../../src/report/visit-view.ts';
import { language } from '../language.ts';

/** The words of the report in the language of the page. */
export const reportContext = () => createContext({ locale: language.value });

export const eventName = (type: EventType): string => {
  const { events } = reportContext().words;
  return upper(events[type]);
};

export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The picture of a log as markup in which all texts are escaped; null where nothing has a time. */
export const timelineMarkup = (log: readonly VisitEvent[]): string | null => {
  const context = reportContext();
  return timeline(context, createView(log, 1, context))?.markup ?? null;
};

export { describeFinding, standing };
