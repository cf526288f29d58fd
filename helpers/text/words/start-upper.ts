/** Returns a text with its first letter in upper case. */
export const startUpper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
