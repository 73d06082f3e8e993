import { syncServerConformance } from 'auxilio/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { exampleHost } from './hosts.ts';

const { host, failures } = exampleHost();
afterAll(() => expect(failures).toEqual([]));

describe('examples/http answers a replica', () => {
  for (const { name, skip, run } of syncServerConformance(host).cases) it.skipIf(skip)(name, run);
});
