import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const headEnd = '\r\n\r\n';

/** Bytes are let through in so many portions a second. */
const portionsPerSecond = 20;

/** Writes bytes in slices of one length, with a pause after each. */
export async function writeSlices(to: Socket, bytes: Buffer, length: number, pauseMs: number): Promise<void> {
  for (let start = 0; start < bytes.length && !to.destroyed; start += length) {
    to.write(bytes.subarray(start, start + length));
    await delay(pauseMs);
  }
}

/** Returns a function that lets the head of a request through at once, and of its body so many bytes a second. */
export function slowingBody(to: Socket, rate: number): (bytes: Buffer) => void {
  let head: string | undefined = '';
  let written = Promise.resolve();
  return (bytes) => {
    let body = bytes;
    if (head !== undefined) {
      const before = head.length;
      head += bytes.toString('latin1');
      const end = head.indexOf(headEnd);
      const ofHead = end < 0 ? bytes.length : end + headEnd.length - before;
      to.write(bytes.subarray(0, ofHead));
      body = bytes.subarray(ofHead);
      if (end >= 0) head = undefined;
    }
    const length = Math.max(1, Math.round(rate / portionsPerSecond));
    written = written.then(() => writeSlices(to, body, length, 1000 / portionsPerSecond));
  };
}
