/** In the paths of the files whose scenarios race behind a gate. */
export const forcedScenarios = 'scenarios/forced-';

/** Whether a scenario, or the name of its file, is of those that race behind a gate. */
export const isForced = (scenario: string): boolean => scenario.startsWith('forced-');
