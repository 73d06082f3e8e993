import { offlineMix } from '../../testing/simulate/mix.ts';
import { simulate as simulated } from '../../testing/simulate/simulate.ts';
import { type Context, EXIT, print } from '../console/context.ts';

export type SimulateOptions = { readonly visits: number; readonly seed: number; readonly offline?: boolean };

/** Writes the events of so many visits, one after the other; with `offline`, of two writers who make mistakes. */
export async function simulate({ visits, seed, offline }: SimulateOptions, context: Context): Promise<number> {
  for (const { events } of simulated({ visits, seed, ...(offline === true && { mix: offlineMix }) })) {
    await print(context, events.map((event) => JSON.stringify(event)).join('\n'));
  }
  return EXIT.ok;
}
