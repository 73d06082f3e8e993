import { isServiceError, markPaid, type PaymentRow, readPaymentQueue } from 'auxilio/service';
import { bodyOf } from './body.ts';
import type { Field, FieldAsked } from './field.ts';
import { openRowsOf } from './privacy.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';

/** `GET /api/payments?after=`: the completed visits that are not paid, payable or not yet. */
export async function listPayments({ store, models, privacy }: Field, { query }: FieldAsked): Promise<Response> {
  await models.catchUp('payments');
  const page = await readPaymentQueue(store, { after: query.get('after') ?? '', maxCount: 200 });
  return jsonReply({ ...page, visits: await openRowsOf(privacy, page.visits) });
}

/** `POST /api/payments`: records that a visit of the queue was paid; 409 if it was paid before, or has left the queue. */
export async function pay({ store, models, now }: Field, { request }: FieldAsked): Promise<Response> {
  const { visitId, streamName, reference } = await bodyOf(request, 4096);
  if (typeof visitId !== 'string' || typeof streamName !== 'string')
    throw new Refusal('bad-request', { at: '/visitId' });
  if (typeof reference !== 'string' || !/^[\p{L}\p{N} ._/#:-]{1,100}$/u.test(reference))
    throw new Refusal('bad-request', { at: '/reference' });
  await models.catchUp('payments');
  const row = await store.readRow(models.payments.name, streamName);
  const queued = row?.body as PaymentRow | undefined;
  if (queued?.visitId !== visitId) throw new Refusal('no-such-path');
  if (queued.payable !== true) throw new Refusal('not-payable');
  const payment = { visitId, paidAt: now(), reference };
  const paid = await markPaid(store, { ...queued, streamName }, payment).catch((error: unknown) => {
    // The log is broken, or no longer says what the row says: a person has to look at it.
    if (isServiceError(error) && error.code === 'payment-refused') return false;
    throw error;
  });
  if (!paid) throw new Refusal('not-payable');
  return jsonReply({ visitId, reference });
}
