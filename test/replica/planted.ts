/** Errors that are planted into a replica, its store or its server, as into the phones of the world: the model has to find each. */
import { plantedInPhones } from '../world/planted-phone.ts';
import type { Planted } from './model.ts';

export const plantedErrors: Readonly<Record<string, Planted>> = Object.fromEntries(
  Object.entries(plantedInPhones).map(([name, { remote, ...planted }]): [string, Planted] => [
    name,
    {
      ...planted,
      ...(remote && {
        remote: (way, server, actor) => remote(way, { running: () => [server], photos: server.photos }, actor),
      }),
    },
  ]),
);
