import { parseJson } from '../../text/json.ts';
import { observedAttachment, observedSchema, type Observed } from './deviation.ts';

interface Attachment {
  readonly name: string;
  readonly body?: Buffer | undefined;
}

/** Returns what a test saw, of its attachments: what it saw first, where its ledger was closed several times. */
export function observedIn(attachments: readonly Attachment[]): Observed | undefined {
  const body = attachments.find(({ name }) => name === observedAttachment)?.body;
  return body && observedSchema.safeParse(parseJson(body.toString())).data;
}
