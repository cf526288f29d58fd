import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** Something that a target may write instead of a proper answer. */
export interface OddAnswer {
  readonly name: string;
  readonly write: (socket: Socket) => void;
}

const crlf = '\r\n';

const head = (status: string, headers: readonly string[] = []): string =>
  `HTTP/1.1 ${status}${crlf}${headers.map((header) => header + crlf).join('')}${crlf}`;

/** Writes a complete answer with the right length. */
const answer =
  (body: string | Buffer, status = '200 OK', headers: readonly string[] = []) =>
  (socket: Socket): void => {
    socket.write(
      head(status, ['content-type: application/json', ...headers, `content-length: ${Buffer.byteLength(body)}`]),
    );
    socket.write(body);
  };

const raw =
  (text: string, { ends = true } = {}) =>
  (socket: Socket): void => {
    if (ends) socket.end(text, 'latin1');
    else socket.write(text, 'latin1');
  };

/** Writes a chunk again and again for as long as it is read. */
const pour = (socket: Socket, chunk: string | Buffer, times = Infinity): void => {
  let left = times;
  const writeOn = (): void => {
    while (left-- > 0) {
      if (socket.destroyed) return;
      if (!socket.write(chunk)) {
        socket.once('drain', writeOn);
        return;
      }
    }
    socket.end();
  };
  writeOn();
};

const html = '<!doctype html><html><head><script>globalThis.ran = true</script></head><body>Sign in</body></html>';

/** Complete answers of an unexpected form. */
export const oddBodies: readonly OddAnswer[] = [
  { name: 'HTML', write: answer(html) },
  { name: 'HTML as a refusal', write: answer(html, '404 Not Found') },
  { name: 'HTML as a failure', write: answer(html, '502 Bad Gateway') },
  { name: 'an empty body', write: answer('') },
  { name: 'an empty refusal', write: answer('', '409 Conflict') },
  { name: 'no content', write: raw(head('204 No Content'), { ends: false }) },
  { name: 'broken JSON', write: answer('{"orderId": 1,') },
  { name: 'null', write: answer('null') },
  { name: 'an array', write: answer('[1, 2, 3]', '201 Created') },
  { name: 'a text', write: answer('"paid"') },
  { name: 'a number', write: answer('1e999') },
  {
    name: 'wrong types',
    write: answer('{"orderId":{"a":1},"userId":[],"totalAmount":"1","balance":true,"paidAmount":null}'),
  },
  {
    name: 'numbers beyond reason',
    write: answer('{"orderId":1e999,"userId":-1,"totalAmount":1.5,"balance":9007199254740993}'),
  },
  { name: 'names of JavaScript itself', write: answer('{"__proto__":{"orderId":1},"constructor":1,"toString":2}') },
  { name: 'JSON 100,000 arrays deep', write: answer('['.repeat(100_000) + ']'.repeat(100_000)) },
  { name: 'JSON 100,000 objects deep', write: answer('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)) },
  { name: 'a deep refusal', write: answer(`{"code":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, '409 Conflict') },
  {
    name: 'a hundred thousand lines',
    write: answer(`{"items":[${'{},'.repeat(99_999)}{}],"orderId":1}`, '201 Created'),
  },
  { name: 'a message of brackets', write: answer(`{"message":"${'('.repeat(500_000)}"}`, '409 Conflict') },
  {
    name: 'a message of amounts',
    write: answer(`{"message":"balance ${'required: 1, '.repeat(50_000)}"}`, '409 Conflict'),
  },
  { name: 'a code of a megabyte', write: answer(`{"code":"${'X'.repeat(900_000)}"}`, '409 Conflict') },
  { name: 'invalid UTF-8', write: answer(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d])) },
  { name: 'a byte order mark', write: answer('\ufeff{"orderId":1}') },
  { name: 'NUL and escape sequences', write: answer('\0\u001b[2J\u001b]0;title\u0007\u009b2J', '409 Conflict') },
  {
    name: 'headers of JavaScript’s own names',
    write: answer('{}', '200 OK', ['__proto__: a', 'constructor: b', 'toString: c', 'toString: d']),
  },
  { name: 'an unknown packing', write: answer('plain', '200 OK', ['content-encoding: zstd, rot13']) },
  { name: 'a status that nobody knows', write: answer('{}', '299 Fine') },
];

/** Broken HTTP, or none at all. */
export const brokenAnswers: readonly OddAnswer[] = [
  { name: 'a packed body that is none', write: answer('plain', '200 OK', ['content-encoding: gzip']) },
  { name: 'a shorter body than was said', write: raw(`${head('200 OK', ['content-length: 100'])}{"orderId":1}`) },
  { name: 'no HTTP', write: raw('SSH-2.0-OpenSSH_9.6\r\n') },
  { name: 'TLS', write: raw('\u0015\u0003\u0001\u0000\u0002\u0002\u0050') },
  { name: 'nothing', write: raw('') },
  { name: 'half of a head', write: raw('HTTP/1.1 200 OK\r\ncontent-ty') },
  { name: 'a header with NUL', write: raw('HTTP/1.1 200 OK\r\nx-a: b\0c\r\ncontent-length: 2\r\n\r\n{}') },
  {
    name: 'a header with a bare line end',
    write: raw('HTTP/1.1 200 OK\r\nx-a: b\rset-cookie: c=d\r\ncontent-length: 2\r\n\r\n{}'),
  },
  { name: 'two lengths', write: raw('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 20\r\n\r\n{}') },
  { name: 'a negative length', write: raw('HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\n{}') },
  { name: 'a broken chunk', write: raw(`${head('200 OK', ['transfer-encoding: chunked'])}zz\r\n{}\r\n`) },
  { name: 'another protocol', write: raw(head('101 Switching Protocols', ['upgrade: x', 'connection: upgrade'])) },
  {
    name: '10,000 headers',
    write: raw(
      head(
        '200 OK',
        Array.from({ length: 10_000 }, (_, index) => `x-${index}: y`),
      ),
    ),
  },
  { name: 'a header of a megabyte', write: raw(head('200 OK', [`x: ${'y'.repeat(1_000_000)}`])) },
];

const chunked = head('200 OK', ['transfer-encoding: chunked']);

/** Endless or oversized answers. */
export const endlessAnswers: readonly OddAnswer[] = [
  {
    name: '100 MB',
    write: (socket) => {
      socket.write(head('200 OK', ['content-length: 100000000']));
      pour(socket, 'x'.repeat(100_000), 1000);
    },
  },
  {
    name: 'a stream without an end',
    write: (socket) => {
      socket.write(chunked);
      pour(socket, `186a0\r\n${'x'.repeat(100_000)}\r\n`);
    },
  },
  {
    name: 'headers without an end',
    write: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      pour(socket, 'x-header: something\r\n'.repeat(1000));
    },
  },
  {
    name: 'interim answers without an end',
    write: (socket) => {
      pour(socket, head('103 Early Hints', ['link: </a>']).repeat(100));
    },
  },
  {
    name: 'trailers without an end',
    write: (socket) => {
      socket.write(`${chunked}2\r\n{}\r\n0\r\n`);
      pour(socket, 'x-trailer: something\r\n'.repeat(1000));
    },
  },
  // The last one, since it leaves its connection open.
  {
    name: '100 MB packed into 100 kB',
    write: answer(gzipSync(Buffer.alloc(100_000_000)), '200 OK', ['content-encoding: gzip']),
  },
];

/** Answers that are never complete in time. */
export const slowAnswers: readonly OddAnswer[] = [
  { name: 'nothing at all', write: () => undefined },
  { name: 'a head that is never finished', write: raw('HTTP/1.1 200 OK\r\n', { ends: false }) },
  {
    name: 'a byte now and then',
    write: (socket) => {
      socket.write(chunked);
      const timer = setInterval(() => socket.write('1\r\nx\r\n'), 50);
      socket.on('close', () => {
        clearInterval(timer);
      });
    },
  },
];
