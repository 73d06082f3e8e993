import { storeConformance } from 'auxilio/testing';
import { describe, it } from 'vitest';
import { postgresHost } from './postgres-host.ts';
import { serverOfFile } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off' });

describe('a standby that was promoted, beside its primary', () => {
  const { cases } = storeConformance(postgresHost(server));
  for (const { name, capability, run } of cases) it.runIf(capability === 'copies')(name, run);
});
