import { timelineMarkup } from './report.ts';
import type { Log } from './table.ts';
import { t } from './words.ts';

/** What lasted, and when the calls were: the picture of the report. */
export function Timeline({ log }: { log: Log }) {
  const markup = timelineMarkup(log);
  if (markup === null) return <p class="hint">{t().timelineEmpty}</p>;
  // The report escapes every text of the log.
  return <div class="picture-of-time" dangerouslySetInnerHTML={{ __html: markup }} />;
}
