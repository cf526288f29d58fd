/**
 * Returns whether a file, by its name, has scenarios in which the target is killed: they need a shop in a process of
 * its own.
 */
export const isOfCrashes = (file: string): boolean => file.includes('.crash.spec');
