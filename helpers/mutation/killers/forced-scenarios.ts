/**
 * In the names of the files whose scenarios race behind a gate. A suffix, so that they stand apart in the order of a run:
 * while one worker waits at a gate, the other one has something else to do.
 */
export const forcedScenarios = '.race.spec';

/** Returns whether a scenario, or the name of its file, is of those that race behind a gate. */
export const isForced = (scenario: string): boolean => scenario.includes(forcedScenarios);
