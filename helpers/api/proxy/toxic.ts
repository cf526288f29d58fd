/** What a proxy does to requests and answers, in the words of toxiproxy where it has one. */
export type Toxic =
  /** The connection is reset as soon as the request begins to arrive: nothing of it reaches the target. */
  | { readonly type: 'reset_peer'; readonly at: 'request' }
  /** The connection is reset as soon as the answer begins to arrive: the target has answered, and nobody knows. */
  | { readonly type: 'reset_peer'; readonly at: 'answer' }
  /** The answer is held back for longer than any client waits; the target is kept connected. */
  | { readonly type: 'timeout' }
  /** Every answer arrives so much later. */
  | { readonly type: 'latency'; readonly delayMs: number }
  /** The connection is closed after so many bytes of the answer. */
  | { readonly type: 'limit_data'; readonly bytes: number }
  /** The body of the request arrives at so many bytes a second. */
  | { readonly type: 'bandwidth'; readonly rate: number }
  /** The request arrives in slices of so many bytes with pauses between. */
  | { readonly type: 'slicer'; readonly bytes: number; readonly delayMs: number }
  /** The request arrives twice, over two connections: at once, or again once the first one is answered. */
  | { readonly type: 'duplicate'; readonly when: 'at-once' | 'afterwards' }
  /** Clients that are cut are gone, but the target is not told: its connections stay open. */
  | { readonly type: 'half_open' };
