import { commands } from 'auxilio';
import { describe, expect, it } from 'vitest';
import { privateService } from './fixture.ts';
import { assign, at } from './named-visits.ts';

const provider = { role: 'provider', id: 'prov-14' } as const;
const here = { latitude: 9.9981, longitude: -84.1198 };
const arrive = (minute: number, position = here) =>
  commands.recordArrival({ visitId: 'v-1', at: at(minute), position }, provider, 'c-2');

/** A visit with an arrival on record, and the position that its event opens to. */
async function arrived() {
  const { service, privacy } = await privateService();
  for (const command of [assign('v-1', 'Ana Rojas'), arrive(20)])
    expect(await service.handle(command)).toMatchObject({ ok: true });
  const positionOf = async () => (await privacy.open((await service.load('v-1')).events)).events[1]?.data;
  return { service, positionOf };
}

describe('a command under an id on record', () => {
  const moved = arrive(20, { ...here, latitude: 10 });

  it('which differs in its position alone is a repeat, and the first position stays', async () => {
    const { service, positionOf } = await arrived();
    expect(await service.handle(moved)).toMatchObject({ ok: true, repeated: true, recognisedBy: 'content' });
    const { outcomes } = await service.sync({ visitId: 'v-1', basedOn: 2, commands: [moved] }, provider);
    expect(outcomes).toMatchObject([{ outcome: 'repeated' }]);
    expect(await positionOf()).toMatchObject({ position: here });
  });

  it('which differs in anything else is refused', async () => {
    const { service } = await arrived();
    await expect(service.handle(arrive(21))).rejects.toThrow('c-2');
  });
});
