import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { lookAt } from '../../../examples/field/server/pictures.ts';
import { jpeg } from '../../../scripts/field/jpeg.ts';
import { heicOf, pngOf } from '../../support/pictures.ts';

const raw = { width: 64, height: 48, channels: 3 } as const;
/** Bytes without an order. */
const rubbish = (size: number) => Buffer.from(Array.from({ length: size }, (_, n) => (n * n * 31 + n * 7) % 251));
const noise = rubbish(64 * 48 * 3);
const drawn = () => sharp(noise, { raw });
const size = { width: 64, height: 48 };

const pictures: Record<string, { type: string; bytes: Buffer }> = {
  'a JPEG': { type: 'image/jpeg', bytes: await drawn().jpeg().toBuffer() },
  'a progressive JPEG': { type: 'image/jpeg', bytes: await drawn().jpeg({ progressive: true }).toBuffer() },
  'the JPEG of the fleet': { type: 'image/jpeg', bytes: jpeg },
  'a PNG': { type: 'image/png', bytes: pngOf(64, 48, Buffer.alloc(48 * (1 + 64 * 3))) },
  'an interlaced PNG': { type: 'image/png', bytes: await drawn().png({ progressive: true }).toBuffer() },
  'a WebP': { type: 'image/webp', bytes: await drawn().webp().toBuffer() },
  'a HEIC': { type: 'image/heic', bytes: heicOf(2_000) },
};

describe.each(Object.entries(pictures))('%s', (_, { type, bytes }) => {
  it('is a photograph, whatever follows its end', async () => {
    expect(await lookAt(bytes)).toEqual({ mediaType: type, bytes: bytes.length, ...size });
    const longer = Buffer.concat([bytes, Buffer.from('and more of it')]);
    expect(await lookAt(longer)).toEqual({ mediaType: type, bytes: longer.length, ...size });
  });

  it('is none where it was cut, though its header says its size', async () => {
    for (const part of [0.5, 0.9, 0.99]) {
      expect([part, await lookAt(bytes.subarray(0, Math.floor((bytes.length - 14) * part)))]).toEqual([part, null]);
    }
  });
});

describe('no photograph', () => {
  it('is a header that other bytes follow', async () => {
    const header = Buffer.from(
      'ffd8ffe000104a46494600010100000100010000ffc0001108003000400301220002110103110100',
      'hex',
    );
    expect(await lookAt(Buffer.concat([header, rubbish(1_500)]))).toBeNull();
    for (const [name, { bytes }] of Object.entries(pictures).slice(0, 3)) {
      const scan = bytes.indexOf('\xff\xda', 0, 'latin1');
      const zeros = Buffer.concat([bytes.subarray(0, scan + 12), Buffer.alloc(3_000)]);
      expect([name, await lookAt(zeros)]).toEqual([name, null]);
    }
  });

  it('is a JPEG whose end is that of the small picture in its header', async () => {
    const { bytes } = pictures['a JPEG'] as { bytes: Buffer };
    const segment = Buffer.concat([Buffer.from([0xff, 0xe5, 0, 2 + jpeg.length]), jpeg]);
    const whole = Buffer.concat([bytes.subarray(0, 2), segment, bytes.subarray(2)]);
    expect(await lookAt(whole)).toMatchObject(size);
    // Zeros decode, too, as grey.
    whole.fill(0, whole.length >> 1);
    expect(await lookAt(whole)).toBeNull();
  });

  it('is a small file of very many pixels', async () => {
    const bomb = pngOf(50_000, 50_000, Buffer.alloc(1_000_000), 9);
    expect(bomb.length).toBeLessThan(2_000);
    expect(await lookAt(bomb)).toBeNull();
    const grey = (width: number) => sharp({ create: { width, height: 8_000, channels: 3, background: '#888' } });
    expect(await lookAt(await grey(8_000).jpeg().toBuffer())).toMatchObject({ width: 8_000 });
    expect(await lookAt(await grey(8_001).jpeg().toBuffer())).toBeNull();
  });

  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['PDF', '%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj'],
    ['GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
    ['a HEIC without a picture', Buffer.concat([Buffer.from([0, 0, 0, 16]), Buffer.from('ftypheic\0\0\0\0')])],
    ['nothing', ''],
  ])('is %s', async (_, bytes) => {
    expect(await lookAt(Buffer.from(bytes))).toBeNull();
    // Nor has its reader a part in a file that begins as a photograph does.
    await expect(sharp(Buffer.concat([Buffer.from(bytes), Buffer.alloc(1)])).metadata()).rejects.toThrow();
  });
});

describe('a look', () => {
  it('fails where the fault is the server’s, and says nothing of the picture', async () => {
    for (const fault of ['vips_tracked: out of memory --- size == 300MB', 'timeout: 12% complete']) {
      await expect(lookAt(jpeg, () => Promise.reject(new Error(fault)))).rejects.toThrow(fault);
    }
    expect(await lookAt(jpeg, () => Promise.reject(new Error('VipsJpeg: premature end of JPEG image')))).toBeNull();
  });

  it('is at one picture at a time, and then at the next', async () => {
    let [now, most] = [0, 0];
    const ends: (() => void)[] = [];
    const looks = Array.from({ length: 5 }, () =>
      lookAt(jpeg, async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise<void>((resolve) => ends.push(resolve));
        now -= 1;
        throw new Error('no picture');
      }),
    );
    for (let n = 0; n < 5; n += 1) {
      await expect.poll(() => ends.length).toBeGreaterThan(n);
      ends[n]?.();
    }
    expect([await Promise.all(looks), most]).toEqual([Array(5).fill(null), 1]);
  });
});
