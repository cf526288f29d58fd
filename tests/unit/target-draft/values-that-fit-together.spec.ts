import { expect } from '../../../fixtures/expect.ts';
import { editParts, partOf } from '../../../fixtures/shops/reference/http/open-api-edits.ts';
import { test, type Part } from '../support/runs/draft-from.ts';

/** Returns a document without cancellations, with wrong statuses of successes, and whose orders are never cancelled. */
const misleading = (document: Part): unknown => {
  const { '/api/orders/{orderId}/cancel': cancelled, ...paths } = partOf(document, 'paths');
  expect(cancelled).toBeDefined();
  return editParts({ ...document, paths }, (part) => {
    const { 200: ok, 201: created, ...others } = part;
    if (ok !== undefined) return { ...others, 201: ok };
    if (created !== undefined) return { ...others, 200: created };
    return Array.isArray(part.enum) && part.enum.includes('CANCELLED')
      ? { ...part, enum: ['EXPIRED', 'COMPLETED', 'PENDING'] }
      : part;
  });
};

test.describe('drafted values', () => {
  test.describe.configure({ timeout: 120_000 });

  test('replays have the status that was seen of their calls, and an undocumented state is assumed', async ({
    draftFrom,
  }) => {
    const { exitCode, output, profile, text } = await draftFrom(misleading);
    expect(exitCode, output).toBe(0);
    expect(profile.endpoints).toMatchObject({ chargeBalance: { success: 200 }, createOrder: { success: 201 } });
    expect(profile.policies.replay).toMatchObject({ paymentStatus: 200, orderStatus: 201, chargeStatus: 200 });
    const why = 'not seen, and none of those from the document: EXPIRED, COMPLETED, PENDING';
    expect(text).toContain(`cancelled: 'CANCELLED', // assumed: ${why}`);
    expect(output).toContain(`orderStatus.cancelled: 'CANCELLED' (${why})`);
  });
});
