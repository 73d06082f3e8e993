/** Files of pictures that are made by hand. */
import { crc32, deflateSync } from 'node:zlib';

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([u32(data.length), named, u32(crc32(named))]);
}

/** A PNG of that many pixels, three bytes each, with a byte before each row, which is 0. */
export function pngOf(width: number, height: number, pixels: Buffer, level = 0): Buffer {
  const header = Buffer.concat([u32(width), u32(height), Buffer.from([8, 2, 0, 0, 0])]);
  const data = deflateSync(pixels, { level });
  const chunks = [chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
}

/** A box of a HEIC: its size, type and content. */
function box(type: string, ...content: readonly (Buffer | readonly number[])[]): Buffer {
  const data = Buffer.concat(content.map((one) => Buffer.from(one)));
  return Buffer.concat([u32(8 + data.length), Buffer.from(type), data]);
}

/** A HEIC of 64 by 48 pixels, whose picture is so many bytes that no decoder reads. */
export function heicOf(size: number): Buffer {
  const begin = box('ftyp', Buffer.from('heic\0\0\0\0heicmif1'));
  const codec = [1, 1, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 90, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, 0];
  const meta = (from: number) =>
    box(
      'meta',
      u32(0),
      box('hdlr', Buffer.alloc(8), Buffer.from('pict'), Buffer.alloc(13)),
      box('pitm', u32(0), [0, 1]),
      box('iinf', u32(0), [0, 1], box('infe', [2, 0, 0, 0, 0, 1, 0, 0], Buffer.from('hvc1\0'))),
      box('iloc', u32(0), [0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1], u32(from), u32(size)),
      box(
        'iprp',
        box('ipco', box('hvcC', codec), box('ispe', u32(0), u32(64), u32(48))),
        box('ipma', u32(0), u32(1), [0, 1, 2, 0x81, 2]),
      ),
    );
  const from = begin.length + meta(0).length + 8;
  return Buffer.concat([begin, meta(from), box('mdat', Buffer.alloc(size))]);
}
