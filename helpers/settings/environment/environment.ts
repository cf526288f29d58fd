/** Names and values, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;
