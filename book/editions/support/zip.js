// A ZIP archive as EPUB wants it: the first file stored as it is, no times, no
// extra fields. The same files give the same bytes on every day.

import { deflateRawSync } from 'node:zlib';

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

const checksum = bytes => {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff];
  return (value ^ 0xffffffff) >>> 0;
};

// 1 January 1980, the first day that the format knows.
const DAY = 0x0021;
const VERSION = 20;
const UTF8_NAMES = 0x0800;

const integers = (...fields) => Buffer.concat(fields.map(([value, size]) => {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, size);
  return bytes;
}));

// `files`: names with contents, in their order; the first is not compressed.
export const zip = files => {
  const locals = [];
  const entries = [];
  let offset = 0;
  files.forEach(([path, content], index) => {
    const name = Buffer.from(path, 'utf8');
    const bytes = Buffer.from(content);
    const packed = index === 0 ? bytes : deflateRawSync(bytes, { level: 9 });
    const shared = [
      [VERSION, 2], [UTF8_NAMES, 2], [index === 0 ? 0 : 8, 2], [0, 2], [DAY, 2],
      [checksum(bytes), 4], [packed.length, 4], [bytes.length, 4], [name.length, 2], [0, 2],
    ];
    const local = Buffer.concat([integers([0x04034b50, 4], ...shared), name, packed]);
    const rest = [[0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]];
    entries.push(Buffer.concat([integers([0x02014b50, 4], [VERSION, 2], ...shared, ...rest), name]));
    locals.push(local);
    offset += local.length;
  });
  const directory = Buffer.concat(entries);
  const count = files.length;
  const end = integers([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [directory.length, 4], [offset, 4], [0, 2]);
  return Buffer.concat([...locals, directory, end]);
};
