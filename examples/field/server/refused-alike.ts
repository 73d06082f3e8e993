import { setTimeout as pause } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';

/** Milliseconds after which a refusal is answered: more than it takes to load a visit. */
const REFUSED_AFTER_MS = 30;

/**
 * Answers what is not the caller's after the same time, whether it exists or not: a visit takes longer to load than none. A batch
 * takes as long as its refusals would alone.
 */
export const answerRefusalsAlike: MiddlewareHandler = async (context, next) => {
  const startedAt = performance.now();
  await next();
  const { res, req } = context;
  const refused = res.status === 403 ? 1 : req.path === '/api/commands' ? await refusedIn(res) : 0;
  if (refused > 0) await pause(Math.max(0, refused * REFUSED_AFTER_MS - (performance.now() - startedAt)));
};

/** The number of commands of a batch that are refused as another's. */
async function refusedIn(response: Response): Promise<number> {
  const { results = [] } = (await response.clone().json()) as { results?: readonly { status: number }[] };
  return results.filter(({ status }) => status === 403).length;
}
