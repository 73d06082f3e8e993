/** The bytes of photographs are taken in parts, checked by their hash, and needed by the acts that say they are sent. */
import type { Id, Sha256 } from '../../messages/index.ts';
import { hashBytes } from '../../replica/device/hash.ts';
import { runtime } from '../../util/runtime.ts';
import { same } from '../assert.ts';
import type { Caller, Cases, Stage } from './stage.ts';

type Photograph = Readonly<{ sha256: Sha256; bytes: Uint8Array<ArrayBuffer> }>;

const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const hashPhotograph = async (bytes: Uint8Array<ArrayBuffer>): Promise<Photograph> => ({
  bytes,
  sha256: await hashBytes(bytes),
});

const decoded = (base64: string) => ascii(atob(base64));

/** A JPEG of one grey pixel, in base64. */
const PIXEL =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8Q' +
  'EBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=';

/** A photograph that no other has the hash of, of at least the size of a pixel. */
export async function makePhotograph(size: number): Promise<Photograph> {
  const pixel = decoded(PIXEL);
  const id = ascii(runtime.randomId());
  const bytes = new Uint8Array(Math.max(size, pixel.length + id.length));
  bytes.set(pixel);
  // What follows the end of the picture is no part of it.
  bytes.set(id, pixel.length);
  return hashPhotograph(bytes);
}

/** Files that are no photographs, whatever their type is said to be. */
const otherFiles = (): Readonly<Record<string, Uint8Array<ArrayBuffer>>> => ({
  'a GIF': decoded('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
  'a page': ascii('<!doctype html><script>alert(1)</script>'),
  'an SVG': ascii('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  'a program': ascii('\x7fELF\x02\x01\x01'),
  zeros: new Uint8Array(1000),
});

const pathOf = (sha256: string, visitId: Id) => `/photos/${sha256}?visit=${encodeURIComponent(visitId)}`;
const put = ({ remote }: Caller, { sha256, bytes }: Photograph, visitId: Id) =>
  remote.putPhoto({ sha256, bytes, visitId, mediaType: 'image/jpeg' });
const has = async ({ provider, visitId }: Stage, { sha256 }: Photograph) =>
  provider.remote.hasPhoto?.({ sha256, visitId });

function part({ sha256, bytes }: Photograph, visitId: Id, from: number, to: number, total = bytes.length) {
  const headers = { 'content-type': 'image/jpeg', 'content-range': `bytes ${from}-${to - 1}/${total}` };
  return { method: 'PUT', path: pathOf(sha256, visitId), headers, body: bytes.slice(from, to) };
}

export const photos: Cases = {
  'a photograph is there once it was uploaded, and may be uploaded again': async (stage) => {
    const { provider, visitId } = stage;
    const one = await makePhotograph(2_000);
    same(false, await has(stage, one), 'the photograph is there before');
    await put(provider, one, visitId);
    same(true, await has(stage, one), 'the photograph is there');
    await put(provider, one, visitId);
    same(true, await has(stage, one), 'the photograph is there after a repeat');
  },

  'a large photograph is uploaded in parts, from where the server has it': async (stage) => {
    const { provider, visitId } = stage;
    const one = await makePhotograph(700_000);
    const { status, json } = await provider.ask(part(one, visitId, 0, 100_000));
    const said = json as { offset?: unknown; complete?: unknown } | undefined;
    same([200, 100_000, false], [status, said?.offset, said?.complete], 'the answer to the first part');
    same(false, await has(stage, one), 'the photograph is there after its first part');
    await put(provider, one, visitId);
    same(true, await has(stage, one), 'the photograph is there');
  },

  'a part that does not follow is refused as offset-mismatch, and changes nothing': async (stage) => {
    const { provider, visitId, refusesRequest } = stage;
    const one = await makePhotograph(50_000);
    await provider.ask(part(one, visitId, 0, 20_000));
    const { json } = await refusesRequest('a part too far on', part(one, visitId, 30_000, 50_000));
    same('offset-mismatch', (json as { code: string }).code, 'the code');
    const head = await provider.ask({ method: 'HEAD', path: pathOf(one.sha256, visitId) });
    same('20000', head.headers.get('upload-offset'), 'the number of bytes that are there');
    await put(provider, one, visitId);
    same(true, await has(stage, one), 'the photograph is there');
  },

  'bytes with another hash are refused as hash-mismatch, and the right ones are taken afterwards': async (stage) => {
    const { provider, visitId, refuses } = stage;
    const [one, other] = [await makePhotograph(2_000), await makePhotograph(2_000)];
    const wrong = () => put(provider, { sha256: one.sha256, bytes: other.bytes }, visitId);
    await refuses('other bytes', wrong, { kind: 'refused', reason: 'hash-mismatch' });
    same(false, await has(stage, one), 'the photograph is there');
    await put(provider, one, visitId);
    same(true, await has(stage, one), 'the photograph is there afterwards');
  },

  'what is no photograph is refused by its bytes, whatever its type is said to be': async (stage) => {
    const { provider, visitId, refuses } = stage;
    for (const [what, bytes] of Object.entries(otherFiles())) {
      const refused = { kind: 'refused', reason: 'not-an-image' } as const;
      await refuses(what, async () => put(provider, await hashPhotograph(bytes), visitId), refused);
    }
  },

  'a photograph of nothing, or of another length than it says, is refused': async (stage) => {
    const { visitId, refusesRequest } = stage;
    const one = await makePhotograph(2_000);
    const headers = { 'content-type': 'image/jpeg' };
    const path = pathOf(one.sha256, visitId);
    await refusesRequest('no bytes', { method: 'PUT', path, headers, body: new Uint8Array() });
    const range = (value: string) => ({ ...headers, 'content-range': value });
    for (const value of ['bytes 0-9/2000', 'bytes 0-1999/1000', 'bytes 5-2/2000', 'bytes */2000', 'x']) {
      await refusesRequest(value, { method: 'PUT', path, headers: range(value), body: one.bytes });
    }
  },

  'a photograph that is too large is refused as too-large, with a problem': async (stage) => {
    const { visitId, refusesRequest } = stage;
    const one = await makePhotograph(100_000);
    const request = part(one, visitId, 0, one.bytes.length, 4 * 1024 ** 3);
    same(413, (await refusesRequest('the first part of 4 GiB', request)).status, 'the status');
  },

  'the name of a photograph that is no hash is refused': async ({ refusesRequest, visitId }) => {
    const { bytes } = await makePhotograph(100);
    for (const name of ['x', 'A'.repeat(64), `${'a'.repeat(64)}b`, '..%2F..%2Fetc', '%00']) {
      const headers = { 'content-type': 'image/jpeg' };
      await refusesRequest(name, { method: 'PUT', path: pathOf(name, visitId), headers, body: bytes });
    }
  },

  'an act that sends photographs is refused as photos-missing until they are uploaded': async (stage) => {
    const { act, basedOn, provider, visitId, refuses } = stage;
    const [one, two] = [await makePhotograph(2_000), await makePhotograph(2_000)];
    const takenAt = '2026-03-17T14:05:00.000Z';
    const taken = [one, two].map(({ sha256 }, n) => ({ photoId: `f-${n}`, sha256, takenAt }));
    const commands = [
      act('RecordArrival'),
      act('TakePhotos', { photos: taken }),
      act('SubmitPhotos', { photoIds: ['f-0', 'f-1'], channel: 'app' }),
    ];
    await put(provider, one, visitId);
    const missing = { kind: 'photos-missing', photos: [two.sha256] } as const;
    await refuses('one of two photographs', () => provider.sync(basedOn, commands), missing);
    await provider.ask(part(two, visitId, 0, 1_000));
    await refuses('a photograph that is there in part', () => provider.sync(basedOn, commands), missing);
    await put(provider, two, visitId);
    const { outcomes } = await provider.sync(basedOn, commands);
    same(3, outcomes.length, 'the number of outcomes once they are there');
  },

  'a photograph that another provider uploaded is not said to be there': async (stage) => {
    const { other, host, assign, provider } = stage;
    const one = await makePhotograph(2_000);
    await put(other, one, await assign(host.other));
    same(false, await has(stage, one), 'the photograph is there for a provider who did not upload it');
    await put(provider, one, stage.visitId);
    same(true, await has(stage, one), 'the photograph is there once they did');
  },
};
