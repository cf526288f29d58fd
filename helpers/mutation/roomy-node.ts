/**
 * Options of Node for the processes of the matrix. A scenario leaves megabytes of garbage that nothing refers to any more
 * soon after: the more there may be at a time, the less of it is still in use, and copied, when it is collected.
 */
export const roomyNode: readonly string[] = ['--min-semi-space-size=16', '--max-semi-space-size=32'];
