import { notApplicableIf } from '../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { isMissing } from '../../../helpers/profile/endpoint-forms.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';
import { parseJson } from '../../../helpers/text/json.ts';

const promisedHealth = ({ endpoints: { health } }: TargetProfile) => (isMissing(health) ? undefined : health.says);

test.describe('health check', { tag: '@contract', annotation: promise('health-check-answers') }, () => {
  test('health check answers with success', async ({ shopApi }) => {
    expect((await shopApi.health()).outcome).toBe('ok');
  });

  test('health check answers 200 with the promised body', async ({ shopApi, profile }) => {
    const promised = promisedHealth(profile);
    notApplicableIf(promised === undefined, 'this target does not promise what its health check says');
    const { response } = await shopApi.health();
    expect(response?.status).toBe(200);
    expect(parseJson(response?.body ?? '')).toMatchObject({ ...promised });
  });
});
