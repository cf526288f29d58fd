/** Of a scenario that the matrix runs: the trial that it is part of. */
export const trialAnnotation = 'trial';

/** Of one whose shop has answered, and whose database was connected to: what it says is said of the shop. */
export const triedAnnotation = 'tried';
