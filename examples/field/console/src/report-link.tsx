import { locale } from './session.ts';

/** The link to the report of a visit, a page beside the console: to read, to print, and to hand on. */
export function ReportLink({ visitId, text }: { visitId: string; text: string }) {
  return (
    <a href={`/api/visits/${encodeURIComponent(visitId)}/report?locale=${locale()}`} target="_blank" rel="noopener">
      {text}
    </a>
  );
}
