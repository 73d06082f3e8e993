import { simulate as simulated } from '../../testing/simulate/index.ts';
import { EXIT } from '../cli-error.ts';
import { type Context, print } from '../context.ts';

export type SimulateOptions = { readonly visits: number; readonly seed: number };

/** Writes the events of so many visits, one after the other. */
export async function simulate({ visits, seed }: SimulateOptions, context: Context): Promise<number> {
  for (const { events } of simulated({ visits, seed })) {
    await print(context, events.map((event) => JSON.stringify(event)).join('\n'));
  }
  return EXIT.ok;
}
