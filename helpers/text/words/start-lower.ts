/** Returns a text with its first letter in lower case. */
export const startLower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
