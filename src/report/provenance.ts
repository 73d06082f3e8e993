import { asArray, asRecord } from '../util/json.ts';
import { defaultPolicy } from '../visit/index.ts';
import { parseTime } from './clock.ts';
import { data, section, table, text, timeElement } from './components.ts';
import type { Context } from './context.ts';
import { type Html, html, type Part } from './html.ts';
import type { LabelName } from './words/words.ts';

/** Renders the sources of the report, its version and policy, the time, and the result of verifying the seals. */
export function provenance(context: Context, seals: Part): Html {
  const { words, clock, policy } = context;
  const { sources, version, issuedAt, leftOut } = asRecord(context.provenance);
  const label = (name: LabelName, value: Part) => [words.labels[name], value] as const;
  const issued = (ms: number) => `${clock.day(ms)}, ${clock.time(ms)} (${clock.offset(ms)})`;
  const files = asArray(sources).map(asRecord);
  const rows = files.map(({ file, sha256, bytes }) => [text(file), html`<code>${text(sha256)}</code>`, text(bytes)]);
  const pairs = [
    ...(typeof version === 'string' ? [label('version', text(version))] : []),
    label('policy', text(policy.id ?? defaultPolicy.id)),
    ...(Number.isNaN(parseTime(issuedAt)) ? [] : [label('issuedAt', timeElement(issuedAt, issued))]),
    label('seal', seals),
    ...(typeof leftOut === 'number' && leftOut > 0 ? [label('leftOut', text(leftOut))] : []),
  ];
  return section(
    2,
    words.headings.provenance,
    data(pairs, 'p'),
    rows.length > 0 && html`<div class="src">${table(context, ['file', 'sha256', ['bytes', 'f']], rows)}</div>`,
  );
}
