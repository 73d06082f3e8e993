import { bodyOf } from './body.ts';
import type { Field, FieldAsked } from './field.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';

/** `GET /api/play` */
export async function showPlay({ player }: Field): Promise<Response> {
  if (player === null) throw new Refusal('no-such-path');
  return jsonReply(player.state());
}

/** `POST /api/play`: plays a morning; only in the demo. */
export async function startPlay({ player }: Field, { request }: FieldAsked): Promise<Response> {
  if (player === null) throw new Refusal('no-such-path');
  const { visits = 12, seed = 1, hours = 4, speed = 60 } = await bodyOf(request, 1024);
  const morning = {
    visits: within('visits', visits, 1, 200),
    seed: within('seed', seed, 0, 1_000_000),
    hours: within('hours', hours, 1, 12),
    speed: within('speed', speed, 1, 3600),
  };
  if (!player.start(morning)) throw new Refusal('already-playing');
  return jsonReply(player.state(), {}, 202);
}

/** `DELETE /api/play`: stops it where it is. */
export async function stopPlay({ player }: Field): Promise<Response> {
  if (player === null) throw new Refusal('no-such-path');
  player.stop();
  return new Response(null, { status: 204 });
}

function within(name: string, value: unknown, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw new Refusal('bad-request', { at: `/${name}` });
  }
  return value;
}
