import { expect, test } from '@playwright/test';
import { loadPlan, type LoadPlan } from '../../../../helpers/load/plan/load-plan.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';

const plan = (environment: Readonly<Record<string, string>>): Promise<LoadPlan> =>
  loadPlan(parseSettings({ LOAD_PROFILE: 'smoke', LOAD_VUS: '100', LOAD_DURATION: '1m', ...environment }), 4);

const commands = { TARGET_KILL_COMMAND: 'kill shop', TARGET_START_COMMAND: 'start shop' };
const databaseCommands = { DB_KILL_COMMAND: 'kill db', DB_START_COMMAND: 'start db' };
const ofApi = { LOAD_FAULTS: '30s:kill-api,45s:start-api' };
const ofDatabase = { LOAD_FAULTS: '30s:kill-database,45s:start-database' };
const elsewhere = { BASE_URL: 'http://localhost:8080', DB_HOST: 'localhost' };

test.describe('plans of runs that kill their target', () => {
  test('bundled shop with its private server needs no commands, and the run has one part', async () => {
    const { crashes, parts } = await plan({ LOAD_FAULTS: '10s:kill-db,11s:start-db,30s:kill-api,45s:start-api' });
    expect(crashes).toHaveLength(4);
    expect(parts).toBe(1);
  });

  test('nothing is killed without a named load profile, since scenarios may run at the same time', async () => {
    const { crashes, parts } = await plan({ LOAD_PROFILE: '', ...ofApi });
    expect(crashes).toEqual([]);
    expect(parts).toBe(4);
  });

  test('kill or start at or after the end of the run is refused, and the error names both times', async () => {
    const beyond = { LOAD_FAULTS: '30s:kill-api,1m:start-api' };
    await expect(plan(beyond)).rejects.toThrow(
      'LOAD_FAULTS says start api after 1m, but the run takes 1m (smoke): the moments count from the beginning of the load.',
    );
    await expect(plan({ ...beyond, LOAD_VUS: '', LOAD_DURATION: '', LOAD_STAGES: '40s:5' })).rejects.toThrow(
      'the run takes 40s',
    );
    await expect(plan({ ...beyond, LOAD_ITERATIONS: '10' })).rejects.toThrow('the run takes 1m');
  });

  test('kill and start at any time are accepted for a run that ends with its iterations', async () => {
    const { crashes } = await plan({ ...ofApi, LOAD_DURATION: '', LOAD_ITERATIONS: '10' });
    expect(crashes).toHaveLength(2);
  });

  test('missing commands of the API, or of the database server, are named', async () => {
    await expect(plan({ ...elsewhere, ...ofApi })).rejects.toThrow(
      'set TARGET_KILL_COMMAND and TARGET_START_COMMAND to the commands',
    );
    await expect(plan({ ...elsewhere, ...commands, ...ofDatabase })).rejects.toThrow(
      'set DB_KILL_COMMAND and DB_START_COMMAND to the commands',
    );
    await expect(plan({ ...elsewhere, ...databaseCommands, ...ofDatabase })).rejects.toThrow(
      'set TARGET_KILL_COMMAND and TARGET_START_COMMAND too',
    );
    const { crashes } = await plan({ ...elsewhere, ...commands, ...databaseCommands, ...ofDatabase });
    expect(crashes).toHaveLength(2);
  });

  test('kill of a database server that the suite has not started is refused for the bundled shop', async () => {
    await expect(plan({ DB_HOST: 'localhost', ...ofDatabase })).rejects.toThrow('unset DB_HOST');
  });
});
