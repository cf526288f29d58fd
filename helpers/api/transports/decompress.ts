import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib';

type Unpack = (bytes: Buffer, options: ZlibOptions) => Promise<Buffer>;

const unpackers = new Map<string, Unpack>([
  ['gzip', promisify<Buffer, ZlibOptions, Buffer>(gunzip)],
  ['deflate', promisify<Buffer, ZlibOptions, Buffer>(inflate)],
  ['br', promisify<Buffer, ZlibOptions, Buffer>(brotliDecompress)],
]);

/** What `accept-encoding` may say. */
export const acceptedEncodings = [...unpackers.keys()].join(', ');

/**
 * The bytes of an answer as they were before they were packed.
 *
 * @param encoding its `content-encoding`; what is packed in another way stays as it is.
 * @param maxBytes the most that may come of it.
 * @throws Error that says what is wrong with the packing.
 */
export async function decompress(bytes: Buffer, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  const unpack = unpackers.get(encoding?.toLowerCase() ?? '');
  // An answer without a body can name an encoding all the same.
  if (!unpack || bytes.length === 0) return bytes;
  try {
    return await unpack(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError)
      throw new Error(`the answer is longer than ${maxBytes} bytes once unpacked`, { cause: error });
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`the answer is not packed as it says (${encoding}: ${why})`, { cause: error });
  }
}
