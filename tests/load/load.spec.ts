import { test } from '../../fixtures/load-test.ts';
import { notApplicableIf } from '../../fixtures/needs/not-applicable.ts';
import { loadPlan } from '../../helpers/load/plan/load-plan.ts';
import { seedingRefusal } from '../../helpers/load/prepare/seeding-refusal.ts';
import { loadSettings } from '../../helpers/settings/settings.ts';
import { plannedWorkers } from '../../helpers/settings/planned-workers.ts';

const settings = loadSettings();
const plan = await loadPlan(settings, plannedWorkers(settings));

test.describe(plan.profile, () => {
  // The load profile ends the run.
  test.describe.configure({ timeout: 0 });

  for (let part = 0; part < plan.parts; part += 1) {
    test(`virtual users, part ${part + 1} of ${plan.parts}`, async ({ runLoadPart }, { repeatEachIndex }) => {
      test.skip(repeatEachIndex > 0, 'a load run is not repeated: --repeat-each repeats only tests');
      const refusal = seedingRefusal(plan, settings);
      notApplicableIf(refusal !== undefined, refusal ?? '');
      await runLoadPart(plan, part);
    });
  }
});
