type Colour = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** Returns a text in a colour of the terminal. */
export type Paint = (colour: Colour, text: string) => string;

const codes: Readonly<Record<Colour, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 };

const coloured: Paint = (colour, text) => `\u001b[${codes[colour]}m${text}\u001b[0m`;
const uncoloured: Paint = (_colour, text) => text;

/** Returns what paints the texts of a summary; it leaves them as they are where no colour is wanted. */
export const painter = (colour: boolean): Paint => (colour ? coloured : uncoloured);
