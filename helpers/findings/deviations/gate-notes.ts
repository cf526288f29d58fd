/** How a note about a locked row begins that no request waited for. */
export const raceNotExercised = 'race not exercised';
