import type { Field } from './field.ts';
import { jsonReply } from './replies.ts';

/** `GET /readyz`: ready while the store answers and the server is not ending. */
export async function ready({ store, closing }: Field): Promise<Response> {
  const isUp =
    !closing.aborted &&
    (await store.readFeed({ maxCount: 1 }).then(
      () => true,
      () => false,
    ));
  return jsonReply({ ready: isUp }, { 'cache-control': 'no-store' }, isUp ? 200 : 503);
}
