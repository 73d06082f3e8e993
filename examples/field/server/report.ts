import { reportHtml } from 'auxilio/report';
import { isId } from '../../http/access.ts';
import type { Field, FieldAsked } from './field.ts';
import { photosOf } from './holdings.ts';
import { Refusal } from './refusals.ts';
import { viewFor } from './views.ts';

/** `GET /api/visits/:visitId/report?locale=`: the visit as a page to read, print and hand on; its photographs are links. */
export async function showReport(field: Field, asked: FieldAsked): Promise<Response> {
  const visitId = asked.param('visitId');
  if (!isId(visitId)) throw new Refusal('bad-request', { at: 'visitId' });
  const locale = asked.query.get('locale') ?? asked.locale;
  if (locale !== 'es-CR' && locale !== 'en') throw new Refusal('bad-request', { at: 'locale' });
  const { events } = await viewFor(field, asked, visitId);
  const { policy, now } = field;
  const photos = await photosOf(field, events, true);
  const photoUrl = `/api/photos/{sha256}?visit=${encodeURIComponent(visitId)}`;
  const whole = reportHtml(events, {
    locale,
    until: now(),
    photoUrl,
    heldPhotos: () => photos,
    ...(policy && { policy }),
  });
  // A text that was erased is a token of 64 letters.
  const page = whole.replace(/\b[A-Pa-p]{64}\b/g, locale === 'en' ? 'erased' : 'dato borrado');
  return new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-store',
      'content-security-policy': `${policyIn(page)}; frame-ancestors 'none'`,
    },
  });
}

/** The policy that stands in a report: no script, and its own style by the hash. */
function policyIn(page: string): string {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1];
  if (policy === undefined) throw new Error('A report has a Content Security Policy');
  return policy.replaceAll('&#39;', "'");
}
