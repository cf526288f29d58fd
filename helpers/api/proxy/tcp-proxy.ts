import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { slowingBody, writeSlices } from './paced-writes.ts';
import type { Toxic } from './toxic.ts';

/** Longest wait for what the target answers to a request that was delivered. */
const maxAnswerMs = 20_000;

/** Where connections go that are made through a proxy. */
interface Upstream {
  readonly host: string;
  readonly port: number;
}

/**
 * A proxy between a client and the target, on a free port of the loopback interface. It carries bytes, one request a
 * connection, and does one thing wrong.
 */
export class TcpProxy {
  readonly #server: Server;
  readonly #upstream: Upstream;
  readonly #toxic: Toxic;
  readonly #clients = new Set<Socket>();
  readonly #targets = new Set<Socket>();
  /** The first bytes of every answer that the target has begun, in the order of arrival. */
  readonly #answers: string[] = [];
  #onAnswer: () => void = () => undefined;

  private constructor(server: Server, upstream: Upstream, toxic: Toxic) {
    this.#server = server;
    this.#upstream = upstream;
    this.#toxic = toxic;
  }

  /** Starts a proxy to the host and port of an address. @throws Error when no port is free. */
  static async start(baseUrl: string, toxic: Toxic): Promise<TcpProxy> {
    const { hostname, port, protocol } = new URL(baseUrl);
    const host = hostname.replace(/^\[|\]$/g, '');
    const upstream = { host, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
    const server = createServer();
    const proxy = new TcpProxy(server, upstream, toxic);
    server.on('connection', (client) => {
      proxy.#carry(client);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /** The port to connect to. */
  get port(): number {
    return addressOf(this.#server).port;
  }

  /**
   * Waits until the target has begun so many answers.
   *
   * @returns the statuses of those that it has begun so far: 200, 409, …; 0 for what is no answer.
   * @throws Error when that takes longer than 20 s.
   */
  async answered(count: number): Promise<number[]> {
    const end = AbortSignal.timeout(maxAnswerMs);
    while (this.#answers.length < count) {
      end.throwIfAborted();
      await Promise.race([new Promise<void>((resolve) => (this.#onAnswer = resolve)), delay(100)]);
    }
    return this.#answers.map((text) => Number(/^HTTP\/1\.\d (\d{3})/.exec(text)?.[1] ?? 0));
  }

  /** Cuts all clients at once. With `half_open` the target is not told. */
  cut(): void {
    for (const client of this.#clients) client.resetAndDestroy();
  }

  /** Closes all connections, and the port. */
  async close(): Promise<void> {
    for (const socket of [...this.#clients, ...this.#targets]) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  #carry(client: Socket): void {
    keep(this.#clients, client);
    const toxic = this.#toxic;
    if (toxic.type === 'reset_peer' && toxic.at === 'request') {
      client.once('data', () => client.resetAndDestroy());
      return;
    }
    const sent: Buffer[] = [];
    const targets = [this.#connect()];
    if (toxic.type === 'duplicate' && toxic.when === 'at-once') targets.push(this.#connect());
    const [target] = targets;
    if (!target) return;
    const write =
      writerOf(target, toxic) ??
      ((bytes: Buffer) => {
        targets.forEach((one) => one.write(bytes));
      });
    client.on('data', (bytes: Buffer) => {
      sent.push(bytes);
      write(bytes);
    });
    target.once('data', () => {
      if (toxic.type === 'duplicate' && toxic.when === 'afterwards') this.#connect().write(Buffer.concat(sent));
    });
    let left = toxic.type === 'limit_data' ? toxic.bytes : Infinity;
    target.on('data', (bytes: Buffer) => {
      if (toxic.type === 'timeout') return;
      if (toxic.type === 'reset_peer') {
        client.resetAndDestroy();
        target.resetAndDestroy();
        return;
      }
      const passed = bytes.subarray(0, Math.max(0, left));
      left -= bytes.length;
      later(toxic, () => client.write(passed));
      if (left <= 0) client.end();
    });
    const keepsTarget = ['half_open', 'timeout', 'duplicate'].includes(toxic.type);
    client.on('close', () => {
      if (!keepsTarget) target.destroy();
    });
    target.on('close', () => {
      if (toxic.type !== 'timeout') later(toxic, () => client.end());
    });
  }

  #connect(): Socket {
    const target = connect(this.#upstream);
    keep(this.#targets, target);
    target.once('data', (bytes: Buffer) => {
      this.#answers.push(bytes.toString('latin1', 0, 16));
      this.#onAnswer();
    });
    return target;
  }
}

const addressOf = (server: Server): AddressInfo => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy does not listen');
  return address;
};

const keep = (all: Set<Socket>, socket: Socket): void => {
  all.add(socket);
  socket.setNoDelay(true);
  // What ends a connection is seen by whoever uses it.
  socket.on('error', () => undefined);
  socket.on('close', () => all.delete(socket));
};

/** Returns what carries a request to the target where it is not carried as it comes. */
const writerOf = (target: Socket, toxic: Toxic): ((bytes: Buffer) => void) | undefined => {
  if (toxic.type === 'bandwidth') return slowingBody(target, toxic.rate);
  if (toxic.type !== 'slicer') return undefined;
  let written = Promise.resolve();
  return (bytes) => {
    written = written.then(() => writeSlices(target, bytes, toxic.bytes, toxic.delayMs));
  };
};

/** Does something to the client when an answer may reach it. */
const later = (toxic: Toxic, act: () => unknown): void => {
  if (toxic.type === 'latency') setTimeout(act, toxic.delayMs).unref();
  else act();
};
