/** Photographs that the server refuses: each is withheld alone, named, and can be replaced; the acts go on. */
import { describe, expect, it } from 'vitest';
import type { VisitCommand } from '../../src/messages/index.ts';
import { type ActCommand, type Remote, RemoteError } from '../../src/replica.ts';
import { actors, minute } from '../../src/testing.ts';
import { plain, withVisits } from './device.ts';
import { overHttp } from './http-application.ts';

const visitId = 'visit-1';
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 9]);
/** A valid picture that the example application does not take. */
const GIF = Uint8Array.from(atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'), (one) =>
  one.charCodeAt(0),
);

/** The acts of the plain visit up to its start, with these photographs. */
function upToStart(hashes: readonly string[]): ActCommand[] {
  const end = plain.findIndex(({ type }) => type === 'StartWork') + 1;
  const photos = hashes.map((sha256, n) => ({ photoId: `p-${n}`, sha256, takenAt: minute(40) }));
  return plain.slice(1, end).map(({ type, data }: VisitCommand) => {
    if (type === 'TakePhotos') return { type, data: { ...data, photos } } as ActCommand;
    if (type === 'SubmitPhotos')
      return { type, data: { ...data, photoIds: photos.map(({ photoId }) => photoId) } } as ActCommand;
    return { type, data } as ActCommand;
  });
}

async function phone(change: (remote: Remote) => Remote = (remote) => remote) {
  const here = await withVisits();
  // The photographs go to the example application, which has a clock of its own.
  const { putPhoto } = overHttp(here.remote, here.server, actors.provider);
  const remote = change({ ...here.remote, putPhoto });
  const { replica } = here.device(actors.provider, { remote });
  await replica.sync();
  const recorded = async () => (await here.server.logOf(visitId)).map(({ type }) => type);
  const act = async (acts: readonly ActCommand[]) => {
    for (const one of acts) expect(await replica.act(one)).toMatchObject({ ok: true });
  };
  return { ...here, replica, recorded, act };
}

describe('a photograph that the server does not take', () => {
  it('is withheld alone, by its name and reason; acts that follow it are on record at the server', async () => {
    const { replica, act, recorded } = await phone();
    const [good, bad] = [await replica.photos.add(visitId, JPEG), await replica.photos.add(visitId, GIF)];
    await act(upToStart([good.sha256, bad.sha256]));
    await replica.sync();
    const { pending, photos, verdict } = await replica.visit(visitId);
    expect(pending.map(({ command, withheld }) => [command.type, withheld?.reason, withheld?.message])).toEqual([
      ['SubmitPhotos', 'photos-refused', bad.sha256],
    ]);
    expect(photos.map(({ uploadedAt, refused }) => [uploadedAt !== undefined, refused?.reason])).toEqual([
      [true, undefined],
      [false, 'not-an-image'],
    ]);
    // The start says that they were sent; without that it is a report, for the center to settle.
    expect((await recorded()).slice(-2)).toEqual(['StartReported', 'DiscrepancyReported']);
    expect(verdict).toBe('attention');
    expect(replica.status).toMatchObject({ verdict: 'attention', waiting: 0, withheld: 1, photosRefused: 1 });
    expect(replica.status).toMatchObject({ photosWaiting: 0, failing: [] });
    expect(replica.status.problems).toMatchObject([
      { visitId, what: 'act', type: 'SubmitPhotos', reason: 'photos-refused' },
      { visitId, what: 'photo', sha256: bad.sha256, kind: 'refused', reason: 'not-an-image' },
    ]);
  });

  it('is not offered again in every round, and less and less often', async () => {
    let puts = 0;
    const { replica, act, clock } = await phone((remote) => ({
      ...remote,
      putPhoto: (...given) => {
        puts += 1;
        return remote.putPhoto(...given);
      },
    }));
    const bad = await replica.photos.add(visitId, GIF);
    await act(upToStart([bad.sha256]));
    for (let round = 0; round < 24 * 6; round += 1) {
      await replica.sync();
      clock.ms += 600_000;
    }
    expect(puts).toBeLessThan(8);
    expect(puts).toBeGreaterThan(3);
  });

  it('can be replaced in the act that takes it, as long as that was not sent', async () => {
    const { replica, act, recorded } = await phone();
    const bad = await replica.photos.add(visitId, GIF);
    await act(upToStart([bad.sha256]));
    const answer = await replica.photos.replace(visitId, bad.sha256, JPEG, { mediaType: 'image/jpeg' });
    expect(answer).toMatchObject({ ok: true, photo: { size: 4 } });
    await replica.sync();
    expect(replica.status).toMatchObject({ verdict: 'received', problems: [] });
    expect((await recorded()).at(-1)).toBe('WorkStarted');
    expect(await replica.photos.read(bad.sha256)).toBeNull();
  });

  it('cannot be replaced on record: what says that it is sent is undone, then it is removed, and the visit can be forgotten', async () => {
    const { replica, act, server } = await phone();
    const bad = await replica.photos.add(visitId, GIF);
    await act(upToStart([bad.sha256]));
    await replica.sync();
    expect(await replica.photos.replace(visitId, bad.sha256, JPEG)).toEqual({ ok: false, reason: 'sent' });
    expect((await replica.visit(visitId)).photos).toHaveLength(1);
    expect(await replica.forget(visitId)).toEqual({ ok: false, reason: 'withheld' });
    const [submit] = (await replica.visit(visitId)).pending;
    const commandId = submit?.command.metadata.commandId ?? '';
    expect(await replica.photos.remove(visitId, bad.sha256)).toEqual({
      ok: false,
      reason: 'waiting',
      commandIds: [commandId],
    });
    expect(await replica.undo(commandId)).toMatchObject({ ok: true });
    expect(replica.status).toMatchObject({ verdict: 'attention', withheld: 0, photosWaiting: 0, photosRefused: 1 });
    expect(await replica.photos.remove(visitId, bad.sha256)).toEqual({ ok: true });
    expect(replica.status).toMatchObject({ verdict: 'received', problems: [] });
    expect(await replica.forget(visitId)).toEqual({ ok: false, reason: 'open' });
    expect(server.photos.size).toBe(0);
  });

  it.each<[string, () => RemoteError]>([
    ['403', () => new RemoteError('forbidden', 'No', { reason: 'not-yours' })],
    ['413', () => new RemoteError('too-large', 'Demasiado')],
    ['422', () => new RemoteError('refused', 'Otra', { reason: 'hash-mismatch' })],
  ])('for a reason that passes (%s) is sent again by itself, or at once when it is released', async (_, error) => {
    let isRefused = true;
    const { replica, act, server, clock } = await phone((remote) => ({
      ...remote,
      putPhoto: (...given) => (isRefused ? Promise.reject(error()) : remote.putPhoto(...given)),
    }));
    const { sha256 } = await replica.photos.add(visitId, JPEG);
    await act(upToStart([sha256]));
    await replica.sync();
    expect(replica.status).toMatchObject({ verdict: 'attention', withheld: 1, photosRefused: 1 });
    isRefused = false;
    await replica.sync();
    expect(server.photos.has(sha256)).toBe(false);
    clock.ms += 60_000;
    await replica.sync();
    expect(replica.status).toMatchObject({ verdict: 'received', waiting: 0, withheld: 0 });
    expect(server.photos.has(sha256)).toBe(true);
  });

  it('is offered at once when the act that says that it is sent is released', async () => {
    let isRefused = true;
    const { replica, act } = await phone((remote) => ({
      ...remote,
      putPhoto: (...given) =>
        isRefused ? Promise.reject(new RemoteError('forbidden', 'No')) : remote.putPhoto(...given),
    }));
    const { sha256 } = await replica.photos.add(visitId, JPEG);
    await act(upToStart([sha256]));
    await replica.sync();
    isRefused = false;
    const [submit] = (await replica.visit(visitId)).pending;
    expect(await replica.release(submit?.command.metadata.commandId ?? '')).toBe(true);
    await replica.sync();
    expect(replica.status).toMatchObject({ verdict: 'received' });
  });
});

describe('photos.add', () => {
  it('refuses what has no bytes, or more than the server takes', async () => {
    const here = await withVisits();
    const { replica } = here.device(actors.provider, { maxPhotoBytes: 41 });
    await expect(replica.photos.add(visitId, new Uint8Array())).rejects.toThrow(TypeError);
    await expect(replica.photos.add(visitId, GIF)).rejects.toThrow(RangeError);
    expect(await replica.photos.add(visitId, JPEG)).toMatchObject({ size: 4 });
  });
});
