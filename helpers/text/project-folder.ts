import path from 'node:path';

/** The project's top folder, wherever the command was started from. */
export const projectFolder = path.resolve(import.meta.dirname, '..', '..');
