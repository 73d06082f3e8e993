/** `auxilio/report`: one visit, a day, and many visits as a stream, whose compressed parts are read again as the page does. */
import { reportHtml, reportHtmlStream } from 'auxilio/report';
import { simulate } from 'auxilio/testing';
import { digest, ensureEqual } from './support.ts';

export async function check(): Promise<string> {
  const logs = [...simulate({ visits: 60, seed: 38 })].map(({ events }) => events);
  const [first = []] = logs;
  const pages = [reportHtml(first), reportHtml(first, { locale: 'en' }), reportHtml(logs)];
  let stream = '';
  for await (const part of reportHtmlStream(logs)) stream += part;
  ensureEqual(stream.includes('</html>'), true, 'the stream of a report ends');
  return `${logs.length} visits: ${await digest(pages)}`;
}
