import { mustBe } from '../../kernel/known.ts';
import { inSlices, yieldIfDue } from '../../util/slices.ts';
import { createContext, type ReportOptions } from '../context.ts';
import { dayFrame, dayParts, firstMs } from '../day/day.ts';
import { createDigest, type Digest } from '../day/digest.ts';
import { type Html, html } from '../html.ts';
import { createPacker } from '../pack.ts';
import { closing, decision, opening } from '../page.ts';
import { runningHead, withRunningHead } from '../running.ts';
import { isIterable, type VisitLog } from '../sourced.ts';
import { visitBody } from '../visit/visit.ts';
import { createView } from '../visit-view.ts';

/**
 * A report of many visits, each compressed in the page until it is opened: some 5 kB a visit. As `reportHtml` of
 * several logs makes it, but that opening a visit takes a browser that runs the page's script, allowed by its hash, and
 * has `DecompressionStream` (all since 2023); the findings, the index, what is pending and the measures can be read
 * without it.
 *
 * Other tasks of the event loop run between the parts of a visit and of the index. A signal ends it: its iterator then throws
 * the reason of the signal.
 *
 * Reads the logs one by one, and keeps of each only what the page shows of it. Yields the page in parts. Runs wherever
 * there is `CompressionStream`: Node and browsers. Throws what the logs throw as they are iterated, and as `reportHtml`
 * does.
 *
 * @since 0.5.0
 */
export async function* reportHtmlStream(
  logs: AsyncIterable<VisitLog> | Iterable<VisitLog>,
  options: ReportOptions & { readonly signal?: AbortSignal } = {},
): AsyncGenerator<string, void> {
  const context = createContext(options, 'reportHtmlStream', { signal: 0 });
  const { signal } = options;
  const isList = isIterable(logs) || Symbol.asyncIterator in Object(logs);
  mustBe(isList, 'reportHtmlStream takes a list of logs', logs);
  const packer = createPacker();
  const visits: Digest[] = [];
  const each: Html[] = [];
  for await (const log of logs) {
    await yieldIfDue();
    signal?.throwIfAborted();
    const visit = createView(log, visits.length + 1, context);
    await yieldIfDue();
    const digest = createDigest(context, visit);
    await yieldIfDue();
    const { markup } = withRunningHead(runningHead(context, visit), visitBody(context, visit, 4), decision(context, 4));
    await yieldIfDue();
    const place = await packer.add(markup, `v${digest.ordinal}-`);
    visits.push(digest);
    each.push(html`<details class="visit" id="v${digest.ordinal}" data-z="${place}">${digest.summary}</details>`);
  }
  const frame = dayFrame(context, visits);
  yield opening(context, frame);
  const note = html`<p class="m" id="unrun">${context.words.index.noScript}</p>`;
  for await (const { markup } of inSlices(dayParts(context, visits, each, note, frame), signal)) yield markup;
  for await (const { id, base64 } of inSlices(await packer.end(), signal))
    yield `<template id="${id}">${base64}</template>`;
  const cited = visits.flatMap((visit) => visit.cited);
  yield closing(context, cited, frame, firstMs(visits));
}
