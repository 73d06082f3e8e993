import type { Instant, NonEmptyText, Sha256 } from '../messages/index.ts';
import { asArray, asRecord } from '../reading/explain/text.ts';
import { defaultPolicy } from '../visit/index.ts';
import { timeOf } from './clock.ts';
import { data, section, table, text, timeElement } from './components.ts';
import type { Context } from './context.ts';
import { type Html, html, type Part } from './html.ts';
import type { LabelName } from './words/words.ts';

/**
 * The sources of a report, the version that made it and the time. The caller supplies them: the report reads no file and no
 * clock. @since 0.5.0
 */
export type Provenance = {
  /** The files that the visits were read from, each with the SHA-256 of its bytes, in hexadecimal. */
  readonly sources?: readonly SourceFile[];
  /** The version of auxilio that made the report. */
  readonly version?: NonEmptyText;
  /** The time when it was made. */
  readonly issuedAt?: Instant;
  /** The number of lines or rows of the files that are in no visit of the report, since their visit is unknown. */
  readonly leftOut?: number;
};

/** A file that visits were read from. @since 0.5.0 */
export type SourceFile = { readonly file: NonEmptyText; readonly sha256?: Sha256; readonly bytes?: number };

/** Renders the sources of the report, its version and policy, the time, and the result of verifying the seals. */
export function provenance(context: Context, seals: Part): Html {
  const { words, clock, policy } = context;
  const { sources, version, issuedAt, leftOut } = asRecord(context.provenance);
  const label = (name: LabelName, value: Part) => [words.labels[name], value] as const;
  const issued = (ms: number) => `${clock.day(ms)}, ${clock.time(ms)} (${clock.offset(ms)})`;
  const files = asArray(sources).map(asRecord);
  const rows = files.map(({ file, sha256, bytes }) => [text(file), html`<code>${text(sha256)}</code>`, text(bytes)]);
  return section(
    2,
    words.headings.provenance,
    data(
      [
        ...(typeof version === 'string' ? [label('version', text(version))] : []),
        label('policy', text(policy.id ?? defaultPolicy.id)),
        ...(Number.isNaN(timeOf(issuedAt)) ? [] : [label('issuedAt', timeElement(issuedAt, issued))]),
        label('seal', seals),
        ...(typeof leftOut === 'number' && leftOut > 0 ? [label('leftOut', text(leftOut))] : []),
      ],
      'p',
    ),
    rows.length > 0 && html`<div class="src">${table(context, ['file', 'sha256', ['bytes', 'f']], rows)}</div>`,
  );
}
