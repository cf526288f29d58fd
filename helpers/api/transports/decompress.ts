import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib';

type Unpack = (bytes: Buffer, options: ZlibOptions) => Promise<Buffer>;

const unpackers = new Map<string, Unpack>([
  ['gzip', promisify<Buffer, ZlibOptions, Buffer>(gunzip)],
  ['deflate', promisify<Buffer, ZlibOptions, Buffer>(inflate)],
  ['br', promisify<Buffer, ZlibOptions, Buffer>(brotliDecompress)],
]);

/** The value of `accept-encoding`: the encodings that {@link decompress} knows. */
export const acceptedEncodings = [...unpackers.keys()].join(', ');

/**
 * Returns the decompressed bytes of an answer.
 *
 * @param encoding its `content-encoding`; bytes of an unknown one stay as they are.
 * @param maxBytes maximum size of the result.
 * @throws Error that says what is wrong with the compression.
 */
export async function decompress(bytes: Buffer, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  const unpack = unpackers.get(encoding?.toLowerCase() ?? '');
  // An answer without a body may still name an encoding.
  if (!unpack || bytes.length === 0) return bytes;
  try {
    return await unpack(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError)
      throw new Error(`the answer is longer than ${maxBytes} bytes once decompressed`, { cause: error });
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`the answer is not compressed as its header says (${encoding}: ${why})`, { cause: error });
  }
}
